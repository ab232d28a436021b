import type { JsonObject } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import type { Job } from "./job.ts";

interface JobRow {
  id: string;
  kind: string;
  payload: JsonObject;
  run_at: string;
  dedupe_key: string | null;
  state: Job["state"];
  attempts: number;
  last_error: string | null;
}

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: JsonObject;
  readonly runAt: string;
  /** Lower comes first among jobs that are due. */
  readonly priority?: number;
}

/** Writes a job beside the change that causes it. The same id twice is one job. Wakes the relay at the commit. */
export async function addJob(tx: Tx, ctx: Context, job: NewJob): Promise<void> {
  await sql`
    insert into ${table(ctx)} (id, kind, payload, run_at, priority, created_at)
    values (${job.id}, ${job.kind}, ${JSON.stringify(job.payload)}, ${job.runAt}, ${job.priority ?? 0}, ${ctx.now})
    on conflict (id) do nothing`.execute(tx);
  await wakeRelay(tx, ctx);
}

/** Many jobs in one statement, each once by its id. Wakes the relay at the commit. */
export async function addJobs(tx: Tx, ctx: Context, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(({ id, kind, payload, runAt, priority = 0 }) => ({
    id,
    kind,
    payload,
    run_at: runAt,
    priority,
  }));
  await sql`
    insert into ${table(ctx)} (id, kind, payload, run_at, priority, created_at)
    select new.id, new.kind, new.payload, new.run_at, new.priority, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as new (id uuid, kind text, payload jsonb, run_at timestamptz, priority int)
    on conflict (id) do nothing`.execute(tx);
  await wakeRelay(tx, ctx);
}

/** Tells the relay, at the commit, that there is something to take. */
export async function wakeRelay(tx: Tx, ctx: Context): Promise<void> {
  await sql`select pg_notify('formwright', ${JSON.stringify({ type: "jobs", workspace: ctx.workspace.slug })})`.execute(
    tx,
  );
}

/** Locks a job's row for this transaction; null when there is none. */
export async function lockJob(tx: Tx, schema: string, id: string): Promise<Job | null> {
  const found = await sql<JobRow>`
    select id, kind, payload, run_at, dedupe_key, state, attempts, last_error
    from ${sql.table(`${schema}.fw_job`)} where id = ${id} for update`.execute(tx);
  const row = found.rows[0];
  return row ? toJob(row) : null;
}

export async function setJobState(
  tx: Tx | Db,
  schema: string,
  id: string,
  state: Job["state"],
  at: string,
): Promise<void> {
  await sql`
    update ${sql.table(`${schema}.fw_job`)}
    set state = ${state}, done_at = ${state === "done" || state === "cancelled" ? at : null}, last_error = null
    where id = ${id}`.execute(tx);
}

export function toJob(row: JobRow): Job {
  const { id, kind, payload, state, attempts } = row;
  return {
    id,
    kind,
    payload,
    state,
    attempts,
    runAt: row.run_at,
    dedupeKey: row.dedupe_key,
    lastError: row.last_error,
  };
}

function table(ctx: Context) {
  return sql.table(`${ctx.workspace.schema}.fw_job`);
}
