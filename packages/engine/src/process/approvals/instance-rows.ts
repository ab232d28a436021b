import type { Approval } from "@formwright/model";
import { Problem } from "@formwright/model";
import type { ApprovalState, FieldValues, LogEntry } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../../context.ts";

/** The move that waits for an approval. */
export interface PendingTransition {
  readonly field: string;
  readonly to: string;
  readonly comment: string | null;
  readonly values?: FieldValues;
}

/** An approval instance as stored. It runs on `definition`, the text of the release that it started with. */
export interface Instance {
  readonly id: string;
  readonly approval: string;
  readonly release: number;
  readonly definition: Approval;
  readonly entity: string;
  readonly recordId: string;
  readonly state: ApprovalState;
  readonly transition: PendingTransition | null;
  readonly starter: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly version: number;
}

interface Row {
  id: string;
  approval: string;
  release: number;
  definition: Approval;
  entity: string;
  record_id: string;
  state: ApprovalState;
  transition: PendingTransition | null;
  starter: string;
  started_at: string;
  ended_at: string | null;
  version: number;
}

/** What the state is called in lists: the outcome once it has ended. */
export function wordOf(state: ApprovalState): string {
  return state.is === "ended" ? state.outcome : state.is;
}

/** @throws Problem `conflict` when one of its kind runs on the record already */
export async function insertInstance(tx: Tx, ctx: Context, instance: Instance): Promise<void> {
  const { state } = instance;
  const inserted = await sql`
    insert into ${table(ctx, "fw_instance")} (id, approval, release, definition, entity, record_id, state, word, transition,
      starter, started_at, ended_at)
    values (${instance.id}, ${instance.approval}, ${instance.release}, ${JSON.stringify(instance.definition)},
      ${instance.entity}, ${instance.recordId}, ${JSON.stringify(state)}, ${wordOf(state)},
      ${instance.transition ? JSON.stringify(instance.transition) : null}, ${instance.starter}, ${instance.startedAt},
      ${state.is === "ended" ? state.endedAt : null})
    on conflict (entity, record_id, approval) where ended_at is null do nothing`.execute(tx);
  if (inserted.numAffectedRows === 1n) return;
  throw new Problem("conflict", {
    en: "This approval is already running on the record.",
    "zh-CN": "该记录上已有进行中的同类审批。",
  });
}

export async function saveInstance(tx: Tx, ctx: Context, id: string, state: ApprovalState): Promise<void> {
  await sql`
    update ${table(ctx, "fw_instance")}
    set state = ${JSON.stringify(state)}, word = ${wordOf(state)}, version = version + 1,
      ended_at = ${state.is === "ended" ? state.endedAt : null}
    where id = ${id}`.execute(tx);
}

export async function appendLog(tx: Tx, ctx: Context, id: string, log: readonly LogEntry[]): Promise<void> {
  for (const entry of log) {
    await sql`
      insert into ${table(ctx, "fw_instance_log")} (instance, seq, at, actor, kind, entry)
      values (${id}, ${entry.seq}, ${entry.at}, ${entry.actor}, ${entry.kind}, ${JSON.stringify(entry)})`.execute(tx);
  }
}

export async function readLog(db: Db, ctx: Context, id: string): Promise<readonly LogEntry[]> {
  const found = await sql<{ entry: LogEntry }>`
    select entry from ${table(ctx, "fw_instance_log")} where instance = ${id} order by seq`.execute(db);
  return found.rows.map((row) => row.entry);
}

/** Locks the instance for this transaction. First in the order of locks: instance, task, record. */
export async function lockInstance(tx: Tx, ctx: Context, id: string): Promise<Instance> {
  return one(await select(tx, ctx, sql`where id = ${id} for update`));
}

export async function findInstance(db: Db, ctx: Context, id: string): Promise<Instance> {
  return one(await select(db, ctx, sql`where id = ${id}`));
}

export async function instancesOf(
  db: Db,
  ctx: Context,
  entity: string,
  recordId: string,
): Promise<readonly Instance[]> {
  return select(db, ctx, sql`where entity = ${entity} and record_id = ${recordId} order by started_at desc, id desc`);
}

async function select(db: Db, ctx: Context, rest: ReturnType<typeof sql>): Promise<readonly Instance[]> {
  const found = await sql<Row>`
    select id, approval, release, definition, entity, record_id, state, transition, starter, started_at, ended_at, version
    from ${table(ctx, "fw_instance")} ${rest}`.execute(db);
  return found.rows.map(({ record_id, started_at, ended_at, ...row }) => ({
    ...row,
    recordId: record_id,
    startedAt: started_at,
    endedAt: ended_at,
  }));
}

function one(rows: readonly Instance[]): Instance {
  const [instance] = rows;
  if (instance) return instance;
  throw new Problem("notFound", { en: "There is no such approval.", "zh-CN": "没有这个审批。" });
}

export function table(ctx: Context, name: string) {
  return sql.id(ctx.workspace.schema, name);
}
