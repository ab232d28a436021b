import type { Entity, Json, JsonObject } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { notFound } from "../records/read-record.ts";
import { flatRows } from "../records/record-json.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { mayNot } from "../writes/create-record.ts";
import { checkReferences } from "../writes/references.ts";
import { rightSql, stale } from "../writes/why-not-updated.ts";
import type { PreparedWrite, WriteOptions } from "../writes/write-input.ts";
import { replaceRows } from "./replace-rows.ts";

/** What became of a record's rows, as the history says it. */
export interface RowChanges {
  readonly before: { readonly [field: string]: Json };
  readonly changes: JsonObject;
}

/** Subforms first: the record's own statement then reads what became of them. Null when no row differs. */
export async function changeRows(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
): Promise<RowChanges | null> {
  if (write.subforms.size === 0) return null;
  await lockForRows(tx, ctx, entity, id, options);
  await checkReferences(tx, ctx, write.references);
  const before = await readSubforms(tx, ctx, entity, id, write);
  await replaceRows(tx, ctx, entity, id, write.subforms);
  const after = await readSubforms(tx, ctx, entity, id, write);
  const changes = Object.fromEntries(
    Object.keys(after)
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [key, [before[key] ?? [], after[key] ?? []]]),
  );
  return Object.keys(changes).length > 0 ? { before, changes } : null;
}

/** Rights and version are looked at before rows are touched; the row stays locked until the end. */
async function lockForRows(tx: Tx, ctx: Context, entity: Entity, id: string, options: WriteOptions): Promise<void> {
  const found = await run<{ version: number; readable: boolean; updatable: boolean }>(
    tx,
    compile(sql`select t.version, ${rightSql(ctx, entity, "read", options)} as readable,
      ${rightSql(ctx, entity, "update", options)} as updatable
      from ${sql.id(ctx.workspace.schema, entity.key)} t
      where t.id = ${slot("id", "uuid")} and t.deleted_at is null for update`),
    { ...contextValues(ctx), id },
  );
  const [row] = found;
  if (!row?.readable) throw notFound();
  if (!row.updatable) throw mayNot("update");
  if (options.version !== undefined && row.version !== options.version) throw await stale(tx, ctx, entity, id);
}

async function readSubforms(tx: Tx, ctx: Context, entity: Entity, id: string, write: PreparedWrite) {
  const columns = entity.fields
    .filter((field) => write.subforms.has(field.key))
    .map((field) => sql`${flatRows(ctx, entity, field, "t")} as ${sql.id(field.key)}`);
  const rows = await sql<{ [field: string]: Json }>`select ${sql.join(columns)}
    from ${sql.id(ctx.workspace.schema, entity.key)} t where t.id = ${id}`.execute(tx);
  return rows.rows[0] ?? {};
}
