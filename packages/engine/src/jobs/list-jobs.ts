import { type JsonObject, Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { isAdminContext } from "../process/who.ts";
import { isUuid } from "../records/read-record.ts";
import { inTransaction } from "../writes/transaction.ts";
import type { JobState } from "./job.ts";
import { lockJob, wakeRelay } from "./job-rows.ts";

/** A job as the admin sees it. */
export interface JobJson {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly runAt: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly payload: JsonObject;
  readonly createdAt: string;
  readonly doneAt: string | null;
}

export interface ListJobsOptions {
  readonly state?: JobState;
  readonly kind?: string;
  readonly limit?: number;
  /** The id of the last job of the page before. */
  readonly cursor?: string;
}

export interface JobList {
  readonly items: readonly JobJson[];
  readonly nextCursor: string | null;
  readonly counts: { readonly [S in JobState]?: number };
}

/** Jobs, latest due first. @throws Problem `forbidden` for all but admins */
export async function listJobs(db: Db, ctx: Context, options: ListJobsOptions = {}): Promise<JobList> {
  requireAdmin(ctx);
  const jobs = sql.id(ctx.workspace.schema, "fw_job");
  const limit = Math.min(Math.max(1, options.limit ?? 50), 200);
  const { cursor, state, kind } = options;
  if (cursor !== undefined && !isUuid(cursor)) {
    throw new Problem("malformed", { en: "This cursor is not valid.", "zh-CN": "游标无效。" });
  }
  const found = await sql<JobJson>`
    select id, kind, state, run_at as "runAt", attempts, last_error as "lastError", payload, created_at as "createdAt",
      done_at as "doneAt"
    from ${jobs} where true
      ${state === undefined ? sql`` : sql`and state = ${state}`} ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${cursor === undefined ? sql`` : sql`and (run_at, id) < (select run_at, id from ${jobs} where id = ${cursor})`}
    order by run_at desc, id desc limit ${limit + 1}`.execute(db);
  const counted = await sql<{ state: JobState; n: number }>`
    select state, count(*)::int as n from ${jobs} group by state`.execute(db);
  const items = found.rows.slice(0, limit);
  return {
    items,
    nextCursor: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    counts: Object.fromEntries(counted.rows.map((row) => [row.state, row.n])),
  };
}

/** Tries a job again that was given up. @throws Problem `forbidden`, `notFound`, `conflict` when it has not failed */
export async function retryJob(db: Db | Tx, ctx: Context, id: string): Promise<void> {
  await change(db, ctx, id, ["failed", "cancelled"], async (tx) => {
    await sql`
      update ${sql.id(ctx.workspace.schema, "fw_job")}
      set state = 'waiting', run_at = ${ctx.now}, attempts = 0, done_at = null where id = ${id}`.execute(tx);
    await wakeRelay(tx, ctx);
  });
}

/** Gives a job up for good. @throws Problem `forbidden`, `notFound`, `conflict` when it is done already */
export async function dropJob(db: Db | Tx, ctx: Context, id: string): Promise<void> {
  await change(db, ctx, id, ["failed", "waiting", "queued"], async (tx) => {
    await sql`
      update ${sql.id(ctx.workspace.schema, "fw_job")} set state = 'cancelled', done_at = ${ctx.now}
      where id = ${id}`.execute(tx);
  });
}

async function change(
  db: Db | Tx,
  ctx: Context,
  id: string,
  from: readonly JobState[],
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  requireAdmin(ctx);
  await inTransaction(db, async (tx) => {
    const job = isUuid(id) ? await lockJob(tx, ctx.workspace.schema, id) : null;
    if (!job) throw new Problem("notFound", { en: "There is no such job.", "zh-CN": "没有这个任务。" });
    if (!from.includes(job.state)) {
      throw new Problem(
        "conflict",
        { en: `The job is ${job.state}.`, "zh-CN": `该任务的状态为 ${job.state}。` },
        { extra: { state: job.state } },
      );
    }
    await work(tx);
  });
}

function requireAdmin(ctx: Context): void {
  if (isAdminContext(ctx)) return;
  throw new Problem("forbidden", { en: "Only admins see jobs.", "zh-CN": "只有管理员可以查看后台任务。" });
}
