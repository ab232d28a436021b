import type { Entity, Field, Json } from "@formwright/model";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { type ColumnSpec, FIELD_STORAGE, type FieldStorageRegistry } from "../storage.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tables are made by the test.
type Db = Kysely<any>;

const STORAGE: FieldStorageRegistry = FIELD_STORAGE;
const TARGETS = ["member", "department", "project"];

export function storageOf(field: Field) {
  const storage = STORAGE[field.kind];
  if (!storage) throw new Error(`no storage for ${field.kind}`);
  return storage;
}

/** The columns of some fields of the sample entity, in Shanghai. */
export function columnsOf(entity: Entity, fields: readonly Field[]): readonly ColumnSpec[] {
  return fields.flatMap((field) => storageOf(field).columns(field, { entity, timeZone: "Asia/Shanghai" }));
}

/** Makes the tables of the sample entity with exactly the columns that its fields' kinds ask for, and what they point to. */
export async function createSampleTables(db: Db, entity: Entity, targetIds: readonly string[]): Promise<void> {
  for (const target of TARGETS) {
    await sql`create table ${sql.id(target)} (id uuid primary key)`.execute(db);
    for (const id of targetIds) await sql`insert into ${sql.id(target)} values (${id}::uuid)`.execute(db);
  }
  await createTable(db, "sample", columnsOf(entity, entity.fields));
  for (const field of entity.fields) {
    if (field.fields) await createTable(db, `sample__${field.key}`, columnsOf(entity, field.fields));
  }
}

/** A table with an id and these columns. */
export async function createTable(db: Db, name: string, columns: readonly ColumnSpec[]): Promise<void> {
  const plain = columns.map((column) => sql`, ${sql.id(column.name)} ${sql.raw(column.type)} ${constraint(column)}`);
  await sql`create table ${sql.id(name)} (id serial primary key ${sql.join(plain, sql.raw(" "))})`.execute(db);
}

function constraint({ generated, references }: ColumnSpec): RawBuilder<unknown> {
  if (generated !== undefined) return sql.raw(`generated always as (${generated}) stored`);
  if (!references) return sql.raw("");
  return sql`references ${sql.id(references.entity)} (id) on delete ${sql.raw(references.onDelete)}`;
}

/** Inserts one row with the columns that the kinds write, each parameter cast to its column's type, as the engine does. */
export async function insertValues(
  db: Db,
  table: string,
  entity: Entity,
  values: readonly (readonly [Field, Json])[],
): Promise<number> {
  const types = new Map(
    columnsOf(
      entity,
      values.map(([field]) => field),
    ).map(({ name, type }) => [name, type]),
  );
  const written = values.flatMap(([field, value]) => Object.entries(storageOf(field).write(value, field)));
  const names = written.map(([name]) => sql.id(name));
  const bound = written.map(([name, value]) => sql`${value}::${sql.raw(types.get(name) ?? "text")}`);
  const { rows } =
    written.length === 0
      ? await sql<{ id: number }>`insert into ${sql.id(table)} default values returning id`.execute(db)
      : await sql<{ id: number }>`insert into ${sql.id(table)} (${sql.join(names)}) values (${sql.join(bound)})
          returning id`.execute(db);
  return rows[0]?.id ?? 0;
}

/** A row's values as the wire has them: built by PostgreSQL, parsed from its JSON text. */
export async function readJson(
  db: Db,
  table: string,
  fields: readonly Field[],
  id: number,
): Promise<{ readonly [key: string]: Json }> {
  const pairs = fields.map((field) => sql`${sql.lit(field.key)}, ${storageOf(field).read(field, "r")}`);
  const { rows } = await sql<{ json: string }>`select json_build_object(${sql.join(pairs)})::text as json
    from ${sql.id(table)} as r where id = ${id}`.execute(db);
  return JSON.parse(rows[0]?.json ?? "{}");
}
