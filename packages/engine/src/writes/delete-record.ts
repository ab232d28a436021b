import { type Entity, Problem } from "@formwright/model";
import { sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { eventValues, insertEvent } from "../events/append-event.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import { propertiesOf } from "../model/paths.ts";
import { afterRecordChange } from "../process/after-record-change.ts";
import { entityOf, findRecordJson, isUuid, notFound, recordDataSql } from "../records/read-record.ts";
import type { RecordChangeKind, RecordData } from "../records/record-change.ts";
import { recordJson, WHOLE_RECORD } from "../records/record-json.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { mayNot, type WriteResult } from "./create-record.ts";
import { asProblem } from "./database-errors.ts";
import { membersChanged } from "./members-changed.ts";
import { inTransaction } from "./transaction.ts";
import { stale } from "./why-not-updated.ts";
import type { WriteOptions } from "./write-input.ts";

interface MovedRow {
  before: string;
  after: string;
  j: string;
  version: number;
}

/**
 * Puts a record into the recycle bin.
 *
 * @throws Problem `notFound`, `forbidden`, `stale`, or `conflict` while records that must not lose it refer to it
 */
export async function deleteRecord(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  options: WriteOptions = {},
): Promise<WriteResult> {
  return onCurrentModel(db, ctx, (current) => {
    const entity = entityOf(current, entityKey);
    return inTransaction(db, async (tx) => {
      await refuseWhileUsed(tx, current, entity, id, options);
      return moveToOrFromBin(tx, current, entity, id, "deleted", options);
    });
  });
}

/**
 * Takes a record out of the recycle bin.
 *
 * @throws Problem `notFound`, `forbidden`, or `conflict` when its unique value was taken meanwhile
 */
export async function restoreRecord(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  options: WriteOptions = {},
): Promise<WriteResult> {
  return onCurrentModel(db, ctx, (current) => {
    const entity = entityOf(current, entityKey);
    return inTransaction(db, (tx) => moveToOrFromBin(tx, current, entity, id, "restored", options));
  });
}

async function moveToOrFromBin(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  kind: "deleted" | "restored",
  options: WriteOptions,
): Promise<WriteResult> {
  if (!isUuid(id)) throw notFound();
  const isDelete = kind === "deleted";
  const allowed = options.trusted ? sql<boolean>`true` : accessOf(ctx, entity).condition("delete", "t");
  const statement = kept(
    ctx.model,
    `${kind} ${entity.key} ${rolesKey(ctx)} ${options.trusted} ${options.version !== undefined}`,
    () => {
      const table = sql.id(ctx.workspace.schema, entity.key);
      const version = options.version !== undefined ? sql` and old.version = ${slot("version", "int")}` : sql``;
      return compile(sql`with old as materialized (select t.* from ${table} t where t.id = ${slot("id", "uuid")}
        and t.deleted_at is ${sql.raw(isDelete ? "null" : "not null")} and ${allowed} for update),
      changed as (update ${table} t set deleted_at = ${isDelete ? slot("now", "timestamptz") : sql`null`},
        version = t.version + 1, updated_at = ${slot("now", "timestamptz")}, updated_by = ${slot("me", "uuid")}
        from old where t.id = old.id${version} returning t.*),
      logged as (${insertEvent(ctx.workspace.schema, entity.key, sql`t.id`, sql`'{}'::jsonb`, sql`from changed t`)})
      select ${recordDataSql(ctx, entity, "old")}::text as before, ${recordDataSql(ctx, entity, "t")}::text as after,
        ${recordJson(ctx, entity, "t", WHOLE_RECORD)}::text as j, t.version from changed t, old`);
    },
  );
  const event = options.event ?? { kind, data: null };
  const rows = await run<MovedRow>(tx, statement, {
    ...contextValues(ctx),
    ...eventValues(ctx, event.kind, event.data),
    id,
    version: options.version ?? null,
  }).catch((error: unknown) => {
    throw asProblem(ctx.model, entity, error);
  });
  const [row] = rows;
  if (!row) throw await whyNot(tx, ctx, entity, id, kind, options);
  if (entity.system) await membersChanged(tx, ctx);
  await report(tx, ctx, entity, id, kind, row.before, row.after);
  return { id, version: row.version, json: options.silent ? "" : row.j, warnings: [] };
}

async function report(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  kind: RecordChangeKind,
  before: string,
  after: string | null,
): Promise<void> {
  await afterRecordChange(tx, ctx, {
    kind,
    entity: entity.key,
    id,
    before: JSON.parse(before) as RecordData,
    after: after === null ? null : (JSON.parse(after) as RecordData),
    changed: ["deleted_at"],
  });
}

async function whyNot(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  kind: "deleted" | "restored",
  options: WriteOptions,
): Promise<Problem> {
  const found = await findRecordJson(tx, ctx, entity.key, id, { withDeleted: true });
  if (!found) return notFound();
  const isDeleted = (JSON.parse(found.json) as { deletedAt: string | null }).deletedAt !== null;
  if (isDeleted === (kind === "deleted")) return notFound();
  if (options.version !== undefined && options.version !== found.version) return stale(tx, ctx, entity, id);
  return mayNot("delete");
}

/** Live records that point here through a reference that restricts. */
async function refuseWhileUsed(tx: Tx, ctx: Context, entity: Entity, id: string, options: WriteOptions): Promise<void> {
  if (options.trusted || !isUuid(id)) return;
  const uses = restrictingUses(ctx, entity.key);
  if (uses.length === 0) return;
  const statement = kept(ctx.model, `uses ${entity.key}`, () =>
    compile(
      sql`${sql.join(
        uses.map(
          (
            use,
          ) => sql`select ${sql.lit(use.entity)} as entity, count(*) as n from ${sql.id(ctx.workspace.schema, use.entity)}
          where ${sql.id(use.column)} = ${slot("id", "uuid")} and deleted_at is null having count(*) > 0`,
        ),
        sql` union all `,
      )}`,
    ),
  );
  const found = await run<{ entity: string; n: number }>(tx, statement, { id });
  if (found.length === 0) return;
  const record = await findRecordJson(tx, ctx, entity.key, id);
  if (!record) throw notFound();
  // What refers to it is told to those who could delete it otherwise.
  if (!(JSON.parse(record.json) as { abilities: { delete: boolean } }).abilities.delete) throw mayNot("delete");
  throw new Problem(
    "conflict",
    {
      en: `Other records still refer to this one: ${found.map((use) => `${use.entity} (${use.n})`).join(", ")}.`,
      "zh-CN": `仍有其他记录引用此记录：${found.map((use) => `${use.entity}（${use.n}）`).join("、")}。`,
    },
    { extra: { referencedBy: found.map((use) => ({ entity: use.entity, count: Number(use.n) })) } },
  );
}

function restrictingUses(ctx: Context, target: string): readonly { entity: string; column: string }[] {
  return [...ctx.model.entities.values()].flatMap((entity) =>
    [...propertiesOf(entity).values()].flatMap(({ field, column, target: to }) =>
      field && column && to === target && field.kind === "reference" && field.options.onDelete !== "setNull"
        ? [{ entity: entity.key, column }]
        : [],
    ),
  );
}

/**
 * Removes a record from the recycle bin for good. Its history stays.
 *
 * @throws Problem `notFound` unless it is in the bin, `forbidden`, `conflict` while anything refers to it
 */
export async function purgeRecord(db: Db | Tx, ctx: Context, entityKey: string, id: string): Promise<void> {
  const entity = entityOf(ctx, entityKey);
  if (!isUuid(id)) throw notFound();
  await inTransaction(db, async (tx) => {
    const table = sql.id(ctx.workspace.schema, entity.key);
    const statement =
      compile(sql`with old as (select ${recordDataSql(ctx, entity, "t")}::text as before, t.id from ${table} t
        where t.id = ${slot("id", "uuid")} and t.deleted_at is not null and ${accessOf(ctx, entity).condition("delete", "t")}),
      gone as (delete from ${table} t using old where t.id = old.id returning t.id),
      logged as (${insertEvent(ctx.workspace.schema, entity.key, sql`gone.id`, sql`'{}'::jsonb`, sql`from gone`)})
      select old.before from old, gone`);
    const values = { ...contextValues(ctx), ...eventValues(ctx, "purged", null), id };
    const rows = await run<{ before: string }>(tx, statement, values).catch((error: unknown) => {
      throw asProblem(ctx.model, entity, error);
    });
    const [row] = rows;
    if (!row) throw await whyNot(tx, ctx, entity, id, "restored", {});
    await report(tx, ctx, entity, id, "purged", row.before, null);
  });
}
