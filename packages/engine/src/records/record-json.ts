import { type Action, type Entity, type Field, SYSTEM_FIELDS } from "@formwright/model";
import { type Expression, type RawBuilder, sql } from "kysely";
import { accessOf } from "../access/compile-access.ts";
import type { Context } from "../context.ts";
import { storageOf } from "../model/field-storage.ts";
import { type Property, propertiesOf } from "../model/paths.ts";
import { sinceColumn, subformTable } from "../tables/table-spec.ts";

/** Which parts of a record go on the wire. */
export interface RecordParts {
  /** Keys of the values wanted, system keys included; null for everything the caller may see. */
  readonly fields: readonly string[] | null;
  /** Reference fields whose record comes whole (its own values) instead of its title alone. */
  readonly expand: readonly string[];
  /** Rows of subforms cost a query each, so lists leave them out unless asked. */
  readonly hasSubforms: boolean;
  readonly hasAbilities: boolean;
  /** The statement keeps to records that the caller may read: what they may do needs no second look at that. */
  readonly isReadable?: true;
  /** Titles of who made and changed it, and of the owner's department. */
  readonly hasAuthors: boolean;
}

export const WHOLE_RECORD: RecordParts = {
  fields: null,
  expand: [],
  hasSubforms: true,
  hasAbilities: true,
  hasAuthors: true,
};

/** System fields that stand beside `values` on every record, in the order of the wire. */
const BESIDE = SYSTEM_FIELDS.filter(({ key }) => key !== "id" && key !== "version" && key !== "deleted_at");
const DELETED = SYSTEM_FIELDS.filter(({ key }) => key === "deleted_at");
const AUTHORS: ReadonlySet<string> = new Set(["owner_department", "created_by", "updated_by"]);

/**
 * The SQL of one record as JSON text, assembled by PostgreSQL: nothing between the table and the socket takes it apart
 * again. Hidden fields are not in it, and a referenced record that the caller may not read has no title.
 *
 * Values go through `row_to_json`; what is around them is put together as text, which costs a third less.
 *
 * @param alias the table (or rows just written) that the record is read from
 */
export function recordJson(ctx: Context, entity: Entity, alias: string, parts: RecordParts): RawBuilder<string> {
  const access = accessOf(ctx, entity);
  const wants = parts.fields ? new Set(parts.fields) : null;
  const visible = entity.fields.filter((field) => access.field(field.key) !== "hidden");
  const fields = visible.filter((field) =>
    wants ? wants.has(field.key) : parts.hasSubforms || field.kind !== "subform",
  );
  const values = [
    ...fields.map((field) => sql`${fieldJson(ctx, entity, field, alias)} as ${sql.id(field.key)}`),
    ...sincesAsked(visible, alias, wants),
  ];
  const beside = [...BESIDE, ...DELETED].map(
    ({ column, wire }) => sql`${sql.ref(`${alias}.${column}`)} as ${sql.id(wire)}`,
  );
  return textOf([
    sql`'{"id":"'`,
    sql.ref(`${alias}.id`),
    sql`'","version":'`,
    sql.ref(`${alias}.version`),
    sql`',"values":'`,
    rowJson(values),
    sql`',"refs":{'`,
    ...separated(refs(ctx, entity, fields, alias, parts, wants)),
    sql`'},'`,
    ...(parts.hasAbilities ? [sql`'"abilities":'`, abilities(ctx, entity, alias, parts), sql`','`] : []),
    // The rest of the object, without its opening brace.
    sql`substr(${rowJson(beside)}::text, 2)`,
  ]);
}

/** PostgreSQL takes at most a hundred arguments. */
const MOST_ARGUMENTS = 50;

/** Puts pieces of text together; numbers and ids are taken as they print, and nothing where there is nothing. */
function textOf(pieces: readonly Expression<unknown>[]): RawBuilder<string> {
  if (pieces.length <= MOST_ARGUMENTS) return sql<string>`concat(${sql.join(pieces)})`;
  const groups: RawBuilder<string>[] = [];
  for (let start = 0; start < pieces.length; start += MOST_ARGUMENTS)
    groups.push(textOf(pieces.slice(start, start + MOST_ARGUMENTS)));
  return textOf(groups);
}

function separated(pieces: readonly RawBuilder<string>[]): readonly RawBuilder<unknown>[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [sql`','`, piece]));
}

/**
 * `row_to_json` over a one-row subselect: compact, in order, and without the limit of arguments that functions have.
 * No field key has a capital letter, so none of them is taken for the alias.
 */
export function rowJson(columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  if (columns.length === 0) return sql`'{}'::json`;
  return sql`(select row_to_json("V") from (select ${sql.join(columns)}) "V")`;
}

/** When a record entered its stage: only for those who ask for it by name, as lists with that column do. */
function sincesAsked(fields: readonly Field[], alias: string, wants: ReadonlySet<string> | null) {
  return fields
    .filter((field) => field.kind === "stage" && wants?.has(sinceColumn(field.key)))
    .map((field) => {
      const column = sinceColumn(field.key);
      return sql`${sql.ref(`${alias}.${column}`)} as ${sql.id(column)}`;
    });
}

/** A subform's rows as rules read them: an array of their values, in order. */
export function flatRows(ctx: Context, entity: Entity, field: Field, alias: string): RawBuilder<unknown> {
  const row = rowAlias(field);
  return rowsOf(ctx, entity, field, alias, sql`${rowJson(rowColumns(field, row))}::text`);
}

/** The wire value of one field; rows of a subform come from their own table. */
export function fieldJson(ctx: Context, entity: Entity, field: Field, alias: string): Expression<unknown> {
  if (field.kind !== "subform") return storageOf(field).read(field, alias);
  const row = rowAlias(field);
  const titles = (field.fields ?? []).flatMap((one) => reference(ctx, propertyOfRow(entity, one), row, null));
  const item = textOf([
    sql`'{"id":"'`,
    sql.ref(`${row}.id`),
    sql`'","values":'`,
    rowJson(rowColumns(field, row)),
    ...(titles.length > 0 ? [sql`',"refs":{'`, ...separated(titles), sql`'}'`] : []),
    sql`'}'`,
  ]);
  return rowsOf(ctx, entity, field, alias, item);
}

function rowAlias(field: Field): string {
  return `${field.key}_row`.slice(0, 60);
}

function rowColumns(field: Field, row: string): readonly RawBuilder<unknown>[] {
  return (field.fields ?? []).map((one) => sql`${storageOf(one).read(one, row)} as ${sql.id(one.key)}`);
}

function rowsOf(ctx: Context, entity: Entity, field: Field, alias: string, item: RawBuilder<unknown>) {
  const table = sql.id(ctx.workspace.schema, subformTable(entity.key, field.key));
  const row = rowAlias(field);
  return sql`(select ('[' || coalesce(string_agg(${item}, ',' order by ${sql.ref(`${row}.position`)}), '') || ']')::json
    from ${table} ${sql.id(row)} where ${sql.ref(`${row}.parent_id`)} = ${sql.ref(`${alias}.id`)})`;
}

function propertyOfRow(entity: Entity, field: Field): Property | undefined {
  return propertiesOf({ ...entity, fields: [field] }).get(field.key);
}

function refs(
  ctx: Context,
  entity: Entity,
  fields: readonly Field[],
  alias: string,
  parts: RecordParts,
  wants: ReadonlySet<string> | null,
): readonly RawBuilder<string>[] {
  const properties = propertiesOf(entity);
  const system = BESIDE.filter(
    ({ key }) => key === "owner" || (AUTHORS.has(key) && (wants?.has(key) ?? parts.hasAuthors)),
  );
  const keys = [...system.map(({ key }) => key), ...fields.map((field) => field.key)];
  const wire = new Map(BESIDE.map((field) => [field.key, field.wire]));
  return keys.flatMap((key) =>
    reference(ctx, properties.get(key), alias, parts.expand.includes(key) ? parts : null, wire.get(key)),
  );
}

/** `"key":{"id":…,"title":…}` of what a property points to, null when it is empty; nothing when it points nowhere. */
function reference(
  ctx: Context,
  property: Property | undefined,
  alias: string,
  expanded: RecordParts | null,
  name?: string,
): readonly RawBuilder<string>[] {
  const target = property?.target ? ctx.model.entities.get(property.target) : undefined;
  if (!property?.column || !target) return [];
  const inner = `${alias}_${property.key}`.slice(0, 60);
  const access = accessOf(ctx, target);
  const id = sql.ref(`${alias}.${property.column}`);
  const readable = access.reach("read") === "all" ? sql`true` : access.condition("read", inner);
  const title = sql`coalesce(to_json(${titleSql(ctx, target, inner)})::text, 'null')`;
  const found = expanded ? textOf([title, sql`',"values":'`, expandedValues(ctx, target, inner)]) : title;
  const key = sql.lit(`${JSON.stringify(name ?? property.key)}:`);
  return [
    sql<string>`(${key} || case when ${id} is null then 'null' else concat('{"id":"', ${id}, '","title":', coalesce(
      (select ${found} from ${sql.id(ctx.workspace.schema, target.key)} ${sql.id(inner)}
        where ${sql.ref(`${inner}.id`)} = ${id} and ${readable}), 'null'), '}') end)`,
  ];
}

function expandedValues(ctx: Context, entity: Entity, alias: string): RawBuilder<unknown> {
  const access = accessOf(ctx, entity);
  const fields = entity.fields.filter((field) => field.kind !== "subform" && access.field(field.key) !== "hidden");
  return rowJson(fields.map((field) => sql`${fieldJson(ctx, entity, field, alias)} as ${sql.id(field.key)}`));
}

/** A record's title as text; null where the caller may not see the title field. */
export function titleSql(ctx: Context, entity: Entity, alias: string): RawBuilder<string | null> {
  const title = propertiesOf(entity).get(entity.titleField);
  if (!title?.column || accessOf(ctx, entity).field(entity.titleField) === "hidden") return sql<null>`null::text`;
  return sql<string | null>`${sql.ref(`${alias}.${title.column}`)}::text`;
}

const ABILITIES = ["update", "delete", "transfer"] as const satisfies readonly Action[];

/** What the caller may do with the record; written out where it is the same for all of them. */
function abilities(ctx: Context, entity: Entity, alias: string, { isReadable }: RecordParts): RawBuilder<string> {
  const access = accessOf(ctx, entity);
  const condition = isReadable ? access.conditionOfReadable : access.condition;
  const pieces = ABILITIES.map((action, index) => {
    const start = sql.lit(`${index === 0 ? "{" : ","}"${action}":`);
    const reach = access.reach(action);
    if (reach !== "some") return sql`${start} || ${sql.lit(String(reach === "all"))}`;
    return sql`${start} || coalesce(${condition(action, alias)}, false)::text`;
  });
  return sql<string>`(${sql.join(pieces, sql` || `)} || '}')`;
}
