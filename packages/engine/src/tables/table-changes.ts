import { type RawBuilder, sql } from "kysely";
import type { ActualTable } from "./read-tables.ts";
import { shortHash } from "./short-name.ts";
import type { ForeignKeySpec, TableColumn, TableSpec, UniqueSpec } from "./table-spec.ts";

/** SQL that turns a column of one type into another; see kind-changes.ts for which are allowed. */
export type Conversion = (table: string, column: string) => string | null;

/**
 * The statements that turn the tables that are there into those that a model wants, in an order that works. Nothing is
 * ever dropped but constraints: a column or table that no model names stays, out of sight, and is taken up again when
 * its key comes back with the same type; with another type it makes room under a name of its own.
 *
 * @param using the expression that converts a column whose type differs; null when the plan never allowed it
 */
export function tableChanges(
  schema: string,
  release: number,
  wanted: readonly TableSpec[],
  actual: ReadonlyMap<string, ActualTable>,
  using: Conversion,
): readonly RawBuilder<unknown>[] {
  const make: RawBuilder<unknown>[] = [];
  const shape: RawBuilder<unknown>[] = [];
  const unlink: RawBuilder<unknown>[] = [];
  const link: RawBuilder<unknown>[] = [];
  const unique: RawBuilder<unknown>[] = [];
  for (const spec of wanted) {
    const there = actual.get(spec.name);
    if (!there) make.push(...createTable(schema, spec));
    else {
      const converted = columnChanges(schema, release, spec, there, using);
      unlink.push(...converted.before);
      shape.push(...converted.statements);
    }
    const keys = foreignKeyChanges(schema, spec, there);
    unlink.push(...keys.drop);
    link.push(...keys.add);
    const uniques = uniqueChanges(schema, spec, there);
    unlink.push(...uniques.drop);
    unique.push(...uniques.add);
  }
  const names = new Set(wanted.map((spec) => spec.name));
  for (const table of actual.values()) if (!names.has(table.name)) unlink.push(...retire(schema, table));
  return [...unlink, ...make, ...shape, ...unique, ...link];
}

function createTable(schema: string, spec: TableSpec): readonly RawBuilder<unknown>[] {
  const table = sql.id(schema, spec.name);
  const columns = spec.columns.map((column) => columnSql(column));
  return [
    sql`create table ${table} (${sql.join(columns)}, constraint ${sql.id(`${spec.name}_pkey`.slice(0, 63))} primary key (id))`,
    ...spec.columns.filter((column) => column.generated).map((column) => rememberGenerated(schema, spec.name, column)),
  ];
}

function columnSql(column: TableColumn): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`${sql.id(column.name)} ${sql.raw(column.type)}`];
  if (column.generated) parts.push(sql`generated always as (${sql.raw(column.generated)}) stored`);
  if (column.default !== null) parts.push(sql`default ${sql.raw(column.default)}`);
  if (column.notNull) parts.push(sql`not null`);
  return sql.join(parts, sql` `);
}

function rememberGenerated(schema: string, table: string, column: TableColumn): RawBuilder<unknown> {
  const mark = sql.lit(generatedMark(column));
  return sql`comment on column ${sql.id(schema, table, column.name)} is ${mark}`;
}

/** PostgreSQL prints a generation expression in its own words, so the column's comment says which text made it. */
export function generatedMark(column: TableColumn): string {
  return `formwright:${shortHash(`${column.type} ${column.generated}`)}`;
}

function columnChanges(
  schema: string,
  release: number,
  spec: TableSpec,
  there: ActualTable,
  using: Conversion,
): { before: readonly RawBuilder<unknown>[]; statements: readonly RawBuilder<unknown>[] } {
  const table = sql.id(schema, spec.name);
  const before: RawBuilder<unknown>[] = [];
  const statements: RawBuilder<unknown>[] = [];
  const alter = (change: RawBuilder<unknown>) => statements.push(sql`alter table ${table} ${change}`);
  const wanted = new Map(spec.columns.map((column) => [column.name, column]));
  const convertsAny = spec.columns.some((column) => {
    const old = there.columns.get(column.name);
    return !column.generated && old && !old.isGenerated && old.type !== column.type && using(spec.name, column.name);
  });
  // A generated column blocks changes of what it is computed from, and can always be computed again.
  const gone = new Set<string>();
  for (const old of there.columns.values()) {
    if (!old.isGenerated) continue;
    const column = wanted.get(old.name);
    if (column?.generated && old.comment === generatedMark(column) && !convertsAny) continue;
    gone.add(old.name);
    alter(sql`drop column ${sql.id(old.name)}`);
  }
  for (const column of spec.columns) {
    const old = gone.has(column.name) ? undefined : there.columns.get(column.name);
    const name = sql.id(column.name);
    if (old && (old.isGenerated ? "generated" : old.type) === (column.generated ? "generated" : column.type)) {
      if (old.notNull !== column.notNull)
        alter(sql`alter column ${name} ${sql.raw(column.notNull ? "set" : "drop")} not null`);
      continue;
    }
    const expression = old && !column.generated ? using(spec.name, column.name) : null;
    if (old && expression !== null) {
      alter(sql`alter column ${name} type ${sql.raw(column.type)} using ${sql.raw(expression)}`);
      if (old.notNull !== column.notNull)
        alter(sql`alter column ${name} ${sql.raw(column.notNull ? "set" : "drop")} not null`);
      continue;
    }
    if (old) {
      if (old.notNull) alter(sql`alter column ${name} drop not null`);
      alter(sql`rename column ${name} to ${sql.id(`${column.name.slice(0, 48)}__before_${release}`)}`);
    }
    if (!column.generated) alter(sql`add column ${columnSql({ ...column, notNull: false })}`);
    if (column.notNull && !column.generated) alter(sql`alter column ${name} set not null`);
  }
  for (const column of spec.columns) {
    const old = gone.has(column.name) ? undefined : there.columns.get(column.name);
    if (!column.generated || (old?.isGenerated ?? false)) continue;
    alter(sql`add column ${columnSql(column)}`);
    statements.push(rememberGenerated(schema, spec.name, column));
  }
  for (const old of there.columns.values())
    if (!wanted.has(old.name) && old.notNull && !gone.has(old.name))
      alter(sql`alter column ${sql.id(old.name)} drop not null`);
  return { before, statements };
}

function foreignKeyChanges(schema: string, spec: TableSpec, there: ActualTable | undefined) {
  const table = sql.id(schema, spec.name);
  const add: RawBuilder<unknown>[] = [];
  const drop: RawBuilder<unknown>[] = [];
  const wanted = new Map(spec.foreignKeys.map((key) => [key.name, key]));
  for (const old of there?.foreignKeys.values() ?? []) {
    const key = wanted.get(old.name);
    if (key && key.target === old.target && key.onDelete === old.onDelete && key.column === old.column) continue;
    drop.push(sql`alter table ${table} drop constraint ${sql.id(old.name)}`);
  }
  for (const key of spec.foreignKeys) {
    const old = there?.foreignKeys.get(key.name);
    if (old && key.target === old.target && key.onDelete === old.onDelete && key.column === old.column) continue;
    if (there?.columns.has(key.column)) add.push(clearDangling(schema, spec, key));
    add.push(
      sql`alter table ${table} add constraint ${sql.id(key.name)} foreign key (${sql.id(key.column)})
        references ${sql.id(schema, key.target)} (id) on delete ${sql.raw(key.onDelete)}`,
    );
  }
  return { add, drop };
}

/** A reference that comes back after years may point at what was purged meanwhile. */
function clearDangling(schema: string, spec: TableSpec, key: ForeignKeySpec): RawBuilder<unknown> {
  const column = sql.id(key.column);
  return sql`update ${sql.id(schema, spec.name)} t set ${column} = null where t.${column} is not null
    and not exists (select 1 from ${sql.id(schema, key.target)} r where r.id = t.${column})`;
}

function uniqueChanges(schema: string, spec: TableSpec, there: ActualTable | undefined) {
  const add: RawBuilder<unknown>[] = [];
  const drop: RawBuilder<unknown>[] = [];
  const wanted = new Map(spec.uniques.map((unique) => [unique.name, unique]));
  for (const old of there?.indexes.values() ?? [])
    if (old.isUnique && !wanted.has(old.name)) drop.push(sql`drop index ${sql.id(schema, old.name)}`);
  for (const unique of spec.uniques) if (!there?.indexes.has(unique.name)) add.push(createUnique(schema, spec, unique));
  return { add, drop };
}

function createUnique(schema: string, spec: TableSpec, unique: UniqueSpec): RawBuilder<unknown> {
  return sql`create unique index ${sql.id(unique.name)} on ${sql.id(schema, spec.name)}
    (${sql.join(unique.columns.map((column) => sql.id(column)))}) where deleted_at is null`;
}

/** An entity that was taken away keeps its table and its rows, but holds nobody else back any more. */
function retire(schema: string, table: ActualTable): readonly RawBuilder<unknown>[] {
  return [...table.foreignKeys.values()].map(
    (key) => sql`alter table ${sql.id(schema, table.name)} drop constraint ${sql.id(key.name)}`,
  );
}
