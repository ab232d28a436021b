import type { Entity, Field, Model } from "@formwright/model";
import { storageOf } from "../model/field-storage.ts";
import { shortHash, shortName } from "./short-name.ts";

/** A foreign key on one column. */
export interface ForeignKeySpec {
  readonly name: string;
  readonly column: string;
  readonly target: string;
  readonly onDelete: "restrict" | "set null" | "cascade";
}

export interface TableColumn {
  readonly name: string;
  /** As format_type prints it. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** SQL of a generated stored column. */
  readonly generated: string | null;
  /** The field it belongs to; null for system columns. */
  readonly field: string | null;
}

/** A unique index over the records that are not in the recycle bin. */
export interface UniqueSpec {
  readonly name: string;
  readonly columns: readonly string[];
  readonly fields: readonly string[];
}

/** A table as the published model wants it. */
export interface TableSpec {
  readonly name: string;
  readonly entity: string;
  /** The subform field whose rows it holds; null for an entity's own table. */
  readonly subform: string | null;
  readonly columns: readonly TableColumn[];
  readonly uniques: readonly UniqueSpec[];
  readonly foreignKeys: readonly ForeignKeySpec[];
}

const column = (name: string, type: string, notNull: boolean, standard: string | null = null): TableColumn => ({
  name,
  type,
  notNull,
  default: standard,
  generated: null,
  field: null,
});

const RECORD_COLUMNS: readonly TableColumn[] = [
  column("id", "uuid", true),
  column("owner", "uuid", false),
  column("owner_department", "uuid", false),
  column("created_at", "timestamp with time zone", true),
  column("created_by", "uuid", false),
  column("updated_at", "timestamp with time zone", true),
  column("updated_by", "uuid", false),
  column("version", "integer", true, "1"),
  column("deleted_at", "timestamp with time zone", false),
];

const ROW_COLUMNS: readonly TableColumn[] = [
  column("id", "uuid", true),
  column("parent_id", "uuid", true),
  column("position", "integer", true),
];

/** The name of the table that holds a subform's rows. */
export function subformTable(entity: string, field: string): string {
  return `${entity}__${field}`;
}

/** When the record entered its stage: the column beside a stage field. */
export function sinceColumn(field: string): string {
  return `${field}_since`;
}

/** Every table that a model wants, entities first, then their subforms. */
export function tablesOf(model: Model, timeZone: string): readonly TableSpec[] {
  const entities = [...model.entities.values()];
  return [
    ...entities.map((entity) => entityTable(entity, timeZone)),
    ...entities.flatMap((entity) =>
      entity.fields.filter((field) => field.kind === "subform").map((field) => rowsTable(entity, field, timeZone)),
    ),
  ];
}

function entityTable(entity: Entity, timeZone: string): TableSpec {
  const own = fieldParts(entity.key, entity, entity.fields, timeZone);
  const owners: readonly ForeignKeySpec[] = [
    { name: shortName("fk", entity.key, "owner"), column: "owner", target: "member", onDelete: "set null" },
    {
      name: shortName("fk", entity.key, "owner_department"),
      column: "owner_department",
      target: "department",
      onDelete: "set null",
    },
  ];
  return {
    name: entity.key,
    entity: entity.key,
    subform: null,
    columns: [...RECORD_COLUMNS, ...own.columns],
    uniques: entity.unique.map((fields) => uniqueSpec(entity, fields)),
    foreignKeys: [...owners, ...own.foreignKeys],
  };
}

function rowsTable(entity: Entity, field: Field, timeZone: string): TableSpec {
  const name = subformTable(entity.key, field.key);
  const own = fieldParts(name, entity, field.fields ?? [], timeZone);
  const parent: ForeignKeySpec = {
    name: shortName("fk", name, "parent_id"),
    column: "parent_id",
    target: entity.key,
    onDelete: "cascade",
  };
  return {
    name,
    entity: entity.key,
    subform: field.key,
    columns: [...ROW_COLUMNS, ...own.columns],
    uniques: [],
    foreignKeys: [parent, ...own.foreignKeys],
  };
}

function fieldParts(table: string, entity: Entity, fields: readonly Field[], timeZone: string) {
  const columns: TableColumn[] = [];
  const foreignKeys: ForeignKeySpec[] = [];
  for (const field of fields) {
    for (const spec of storageOf(field).columns(field, { entity, timeZone })) {
      columns.push({
        name: spec.name,
        type: spec.type,
        notNull: field.required && !spec.generated,
        default: null,
        generated: spec.generated ?? null,
        field: field.key,
      });
      if (spec.references)
        foreignKeys.push({
          name: shortName("fk", table, spec.name),
          column: spec.name,
          target: spec.references.entity,
          onDelete: spec.references.onDelete,
        });
    }
    if (field.kind === "stage" && !columns.some((known) => known.name === sinceColumn(field.key)))
      columns.push({ ...column(sinceColumn(field.key), "timestamp with time zone", false), field: field.key });
  }
  return { columns, foreignKeys };
}

function uniqueSpec(entity: Entity, keys: readonly string[]): UniqueSpec {
  const columns = keys.map((key) => {
    const field = entity.fields.find((known) => known.key === key);
    return (field ? storageOf(field).filterColumn(field) : null) ?? key;
  });
  return { name: uniqueName(entity.key, keys), columns, fields: keys };
}

/** Deterministic, so that a violation can be mapped back to its fields. */
export function uniqueName(entity: string, keys: readonly string[]): string {
  return shortName("uq", entity, ...keys, shortHash(JSON.stringify([entity, keys])).slice(0, 6));
}
