import { Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import type { NotificationLink } from "../notifications/notify.ts";
import { JOB_HANDLERS } from "./handlers.ts";
import { type Job, nextAttemptAt } from "./job.ts";
import { lockJob, setJobState } from "./job-rows.ts";

/** A message ready to leave. `id` is the row's: Message-ID and idempotency key. */
export interface OutgoingMail {
  readonly id: string;
  /** The workspace's slug. */
  readonly workspace: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The record that it is about, and the task on it. */
  readonly link: NotificationLink | null;
}

/** What running a job needs from the process around it. */
export interface JobRunner {
  /** A context of the system in that workspace, at the current release and the current moment. */
  contextOf(workspace: string): Promise<Context>;
  /** Sends a mail. Called outside any transaction; may be called again with the same id after a crash. */
  deliver(mail: OutgoingMail): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  /** Kinds of jobs that only the process around knows: imports, say. */
  readonly handlers?: { readonly [kind: string]: JobHandler };
}

/** `early`: its time moved, it will be taken again then. `gone`: done, cancelled or dropped meanwhile. */
export type JobResult = "done" | "gone" | "early" | "failed" | "retry";

/** What a handler leaves to be done outside the transaction; `settle` then marks it in a second one. */
export interface Outside {
  run(runner: JobRunner): Promise<void>;
  settle(tx: Tx, ctx: Context): Promise<void>;
}

export type JobHandler = (tx: Tx, ctx: Context, job: Job) => Promise<Outside | null>;

/** How early a queue may ring, in milliseconds: clocks of two machines differ a little. */
const EARLY_MS = 1000;

/**
 * Runs one job: locks its row, looks whether it is still wanted, and commits what its handler does together with `done`.
 * Running it twice, or twice at once, does its work once. A failure is recorded and tried again with backoff until its
 * kind's limit; then it stays `failed` for the admin to see.
 */
export async function runJob(
  db: Db,
  runner: JobRunner,
  ref: { readonly workspace: string; readonly id: string },
): Promise<JobResult> {
  const ctx = await runner.contextOf(ref.workspace);
  const { schema } = ctx.workspace;
  try {
    const ran = await db.transaction().execute((tx) => runLocked(tx, ctx, runner, ref.id));
    if (typeof ran === "string") return ran;
    await ran.run(runner);
    await db.transaction().execute(async (tx) => {
      await ran.settle(tx, ctx);
      await setJobState(tx, schema, ref.id, "done", ctx.now);
    });
    return "done";
  } catch (error) {
    return recordFailure(db, ctx, ref.id, error, runner.random());
  }
}

async function runLocked(tx: Tx, ctx: Context, runner: JobRunner, id: string): Promise<JobResult | Outside> {
  const { schema } = ctx.workspace;
  const job = await lockJob(tx, schema, id);
  if (!job || (job.state !== "waiting" && job.state !== "queued")) return "gone";
  if (Date.parse(job.runAt) > Date.parse(ctx.now) + EARLY_MS) {
    await setJobState(tx, schema, id, "waiting", ctx.now);
    return "early";
  }
  const handlers = { ...runner.handlers, ...JOB_HANDLERS };
  const handler = Object.hasOwn(handlers, job.kind) ? handlers[job.kind] : undefined;
  if (!handler) throw new Error(`there is no handler for jobs of kind ${job.kind}`);
  const outside = await handler(tx, ctx, job);
  if (outside) return outside;
  // A handler may have set the row anew (a reminder that repeats): then it is not done.
  await sql`
    update ${sql.table(`${schema}.fw_job`)} set state = 'done', done_at = ${ctx.now}, last_error = null
    where id = ${id} and state in ('waiting', 'queued') and run_at = ${job.runAt}`.execute(tx);
  return "done";
}

async function recordFailure(db: Db, ctx: Context, id: string, error: unknown, random: number): Promise<JobResult> {
  return db.transaction().execute(async (tx) => {
    const job = await lockJob(tx, ctx.workspace.schema, id);
    if (!job || (job.state !== "waiting" && job.state !== "queued")) return "gone";
    const attempts = job.attempts + 1;
    const next = nextAttemptAt(job.kind, attempts, ctx.now, random);
    await sql`
      update ${sql.table(`${ctx.workspace.schema}.fw_job`)}
      set state = ${next ? "waiting" : "failed"}, run_at = ${next ?? job.runAt}, attempts = ${attempts},
          last_error = ${describe(error)}
      where id = ${id}`.execute(tx);
    return next ? "retry" : "failed";
  });
}

/** What the admin reads. Problems carry their findings. */
function describe(error: unknown): string {
  if (error instanceof Problem) {
    const findings = error.errors.map((finding) => `${finding.pointer}: ${finding.message.en ?? finding.code}`);
    return [error.message, ...findings].join("\n").slice(0, 4000);
  }
  return (error instanceof Error ? error.message : String(error)).slice(0, 4000);
}
