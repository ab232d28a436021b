import { type Entity, finding, pointerTo } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { invalid } from "../lists/list-query.ts";
import { subformTable } from "../tables/table-spec.ts";
import type { RowInput } from "../writes/write-input.ts";

/**
 * Makes a record's subforms what the caller sent: rows with a known id are changed, rows without one are added, and
 * rows that are not there any more go.
 *
 * @throws Problem `invalid` for a row id that belongs to no row of this record
 */
export async function replaceRows(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  parent: string,
  subforms: ReadonlyMap<string, readonly RowInput[]>,
): Promise<void> {
  for (const [field, rows] of subforms) await replaceOne(tx, ctx, entity, parent, field, rows);
}

async function replaceOne(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  parent: string,
  field: string,
  rows: readonly RowInput[],
): Promise<void> {
  const table = sql.id(ctx.workspace.schema, subformTable(entity.key, field));
  const there = await sql<{ id: string }>`select id from ${table} where parent_id = ${parent}`.execute(tx);
  const known = new Set(there.rows.map((row) => row.id));
  const unknown = rows.flatMap((row, index) => (row.id !== null && !known.has(row.id) ? [index] : []));
  if (unknown.length > 0)
    throw invalid(
      unknown.map((index) => finding("unknownProperty", pointerTo("/values", field, index, "id"), { name: "id" })),
    );
  const keep = new Set(rows.flatMap((row) => row.id ?? []));
  const gone = [...known].filter((id) => !keep.has(id));
  if (gone.length > 0) await sql`delete from ${table} where id = any(${gone}::uuid[])`.execute(tx);
  for (const [position, row] of rows.entries()) {
    if (row.id !== null) {
      const sets = row.columns.map(({ name, type, value }) => sql`${sql.id(name)} = ${value}::${sql.raw(type)}`);
      await sql`update ${table} set ${sql.join([sql`position = ${position}`, ...sets])}
        where id = ${row.id} and parent_id = ${parent}`.execute(tx);
    }
  }
  const added = rows.map((row, position) => ({ row, position })).filter(({ row }) => row.id === null);
  const [first] = added;
  if (!first) return;
  const names = [
    sql.id("id"),
    sql.id("parent_id"),
    sql.id("position"),
    ...first.row.columns.map(({ name }) => sql.id(name)),
  ];
  const tuples = added.map(
    ({ row, position }) =>
      sql`(${sql.join([
        sql`${ctx.newId()}::uuid`,
        sql`${parent}::uuid`,
        sql`${position}::int`,
        ...row.columns.map(({ type, value }) => sql`${value}::${sql.raw(type)}`),
      ])})`,
  );
  await sql`insert into ${table} (${sql.join(names)}) values ${sql.join(tuples)}`.execute(tx);
}
