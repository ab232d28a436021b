import { sql } from "kysely";
import type { Db } from "../context.ts";
import { listWorkspaces } from "../platform/workspaces.ts";

export interface TakeOptions {
  /** At most so many of each workspace: none holds up the others. */
  readonly limit: number;
  /** Takes what is due within so many seconds from now; the queue keeps it until then. */
  readonly lookAheadSeconds: number;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** A job handed to the queue. */
export interface DueJob {
  readonly workspace: string;
  readonly id: string;
  readonly kind: string;
  readonly runAt: string;
  /**
   * The queue's name for this ring: differs each time that a timer moves or a job is tried again, equal when the same
   * ring is handed over twice. Letters, digits, `-` and `_` only.
   */
  readonly ring: string;
}

/**
 * Marks jobs that are (nearly) due as queued and gives them to the caller, oldest first, in turn over the workspaces.
 * Two relays at once get different jobs. What the queue then loses, {@link sweepJobs} brings back.
 */
export async function takeDueJobs(db: Db, options: TakeOptions): Promise<readonly DueJob[]> {
  const until = new Date(Date.parse(options.now) + options.lookAheadSeconds * 1000).toISOString();
  const taken: DueJob[][] = [];
  for (const workspace of await listWorkspaces(db)) {
    const jobs = sql.table(`${workspace.schema}.fw_job`);
    const rows = await sql<{ id: string; kind: string; run_at: string }>`
      with due as (
        select id from ${jobs} where state = 'waiting' and run_at <= ${until}
        order by priority, run_at limit ${options.limit} for update skip locked)
      update ${jobs} job set state = 'queued' from due where job.id = due.id
      returning job.id, job.kind, job.run_at`.execute(db);
    taken.push(
      rows.rows
        .map(({ id, kind, run_at }) => ({
          workspace: workspace.slug,
          id,
          kind,
          runAt: run_at,
          ring: `${id}_${Date.parse(run_at).toString(36)}`,
        }))
        .sort((a, b) => a.runAt.localeCompare(b.runAt)),
    );
  }
  return inTurn(taken);
}

/** What is over is kept so long for the admin to look at. */
const KEPT_DAYS = 30;
const FORGET_AT_ONCE = 1000;

/**
 * Hands over again what was queued but never done: jobs whose time passed more than `graceSeconds` ago.
 * Also forgets jobs that have been over for a month, some at a time.
 *
 * @returns how many were handed over again
 */
export async function sweepJobs(
  db: Db,
  options: { readonly now: string; readonly graceSeconds: number },
): Promise<number> {
  const before = new Date(Date.parse(options.now) - options.graceSeconds * 1000).toISOString();
  const over = new Date(Date.parse(options.now) - KEPT_DAYS * 86_400_000).toISOString();
  let swept = 0;
  for (const workspace of await listWorkspaces(db)) {
    // A job whose row is locked runs at this moment: it is not lost, and the sweep does not wait for it.
    const result = await sql`
      update ${sql.table(`${workspace.schema}.fw_job`)} set state = 'waiting', run_at = ${options.now}
      where id in (
        select id from ${sql.table(`${workspace.schema}.fw_job`)}
        where state = 'queued' and run_at < ${before} for update skip locked)`.execute(db);
    swept += Number(result.numAffectedRows ?? 0n);
    await sql`
      delete from ${sql.table(`${workspace.schema}.fw_job`)} where id in (
        select id from ${sql.table(`${workspace.schema}.fw_job`)}
        where state in ('done', 'cancelled') and done_at < ${over} limit ${FORGET_AT_ONCE})`.execute(db);
  }
  return swept;
}

function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
