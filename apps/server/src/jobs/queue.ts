import type { Database } from "@formwright/database";
import { type DueJob, keepSetting } from "@formwright/engine";
import { createPostgresBackend, Queue, type QueueOptions, runMigrations, Worker } from "bullmq";
import type { FastifyBaseLogger } from "fastify";
import { Redis } from "ioredis";
import { v4 as uuidv4 } from "uuid";
import { QueueUnreachable } from "../start/queue-unreachable.ts";

/** What the queue carries: where the job's row is. The row says everything else. */
export interface QueuedJob {
  readonly workspace: string;
  readonly id: string;
}

/**
 * The queue that gives jobs to workers when they are due. It may lose everything: the rows are the truth, and the sweep
 * hands them over again.
 */
export interface JobQueue {
  readonly kind: "redis" | "postgres";
  /** Adding the same ring twice is adding it once. */
  add(jobs: readonly DueJob[], nowMs: number): Promise<void>;
  /** Jobs that wait for a worker: with many, nothing more is taken from the rows for now. */
  countWaiting(): Promise<number>;
  work(run: (kind: string, job: QueuedJob) => Promise<void>, concurrency: number): void;
  /** Why it does not work right now; null when it does. */
  trouble(): string | null;
  close(): Promise<void>;
}

const NAME = "jobs";
const SCHEMA = "bullmq";
const START_PATIENCE_MS = 5_000;
const CLOSE_PATIENCE_MS = 5_000;

/** Opens the queue on Redis, or in the database when no Redis is given. @throws QueueUnreachable */
export async function openQueue(
  database: Database,
  redisUrl: string | null,
  log: FastifyBaseLogger,
): Promise<JobQueue> {
  return redisUrl ? openOnRedis(database, redisUrl, log) : openOnPostgres(database, log);
}

async function openOnRedis(database: Database, url: string, log: FastifyBaseLogger): Promise<JobQueue> {
  await refuseUnreachable(url);
  // One Redis may serve several installations: each has its own keys.
  const installation = await keepSetting(database.kysely, "installation", uuidv4());
  const state = { trouble: null as string | null };
  const connect = () => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connection.on("error", (error) => {
      if (state.trouble === null) log.error({ reason: error.message }, "Redis does not answer; jobs wait");
      state.trouble = "Redis does not answer";
    });
    connection.on("ready", () => {
      state.trouble = null;
    });
    return connection;
  };
  const connections = [connect(), connect()] as const;
  const prefix = `formwright-${installation}`;
  return assemble("redis", log, {
    queue: new Queue(NAME, { connection: connections[0], prefix }),
    worker: (run, concurrency) =>
      new Worker(NAME, run, { connection: connections[1], prefix, concurrency, autorun: true }),
    trouble: () => state.trouble,
    disconnect: async () => {
      for (const connection of connections) connection.disconnect();
    },
  });
}

async function openOnPostgres(database: Database, log: FastifyBaseLogger): Promise<JobQueue> {
  const pool = database.schemaPool(SCHEMA);
  const client = await pool.connect();
  try {
    await runMigrations(client as Parameters<typeof runMigrations>[0], SCHEMA);
  } finally {
    client.release();
  }
  const connection = pool as unknown as QueueOptions["connection"];
  return assemble("postgres", log, {
    queue: new Queue(NAME, { connection }, createPostgresBackend as never),
    worker: (run, concurrency) => new Worker(NAME, run, { connection, concurrency }, createPostgresBackend as never),
    trouble: () => null,
    disconnect: async () => {},
  });
}

type Run = (job: { name: string; data: QueuedJob }) => Promise<void>;

interface Parts {
  readonly queue: Queue;
  readonly worker: (run: Run, concurrency: number) => Worker;
  readonly trouble: () => string | null;
  readonly disconnect: () => Promise<void>;
}

function assemble(kind: JobQueue["kind"], log: FastifyBaseLogger, parts: Parts): JobQueue {
  let worker: Worker | null = null;
  const complain = (error: Error) => log.warn({ err: error }, "the queue reports an error");
  parts.queue.on("error", complain);
  return {
    kind,
    add: async (jobs, nowMs) => {
      if (jobs.length === 0) return;
      await parts.queue.addBulk(
        jobs.map(({ kind: name, workspace, id, ring, runAt }) => ({
          name,
          data: { workspace, id } satisfies QueuedJob,
          opts: {
            jobId: ring,
            delay: Math.max(0, Date.parse(runAt) - nowMs),
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    },
    countWaiting: () => parts.queue.getWaitingCount(),
    work: (run, concurrency) => {
      worker = parts.worker(async (job) => run(job.name, job.data), concurrency);
      worker.on("error", complain);
      // The row keeps the reason; what arrives here is a database that was away.
      worker.on("failed", (job, error) => log.warn({ job: job?.data, err: error }, "a job could not be run"));
    },
    trouble: parts.trouble,
    close: async () => {
      // A queue that does not answer must not keep the process alive.
      await patiently(worker?.close());
      await patiently(parts.queue.close());
      await parts.disconnect();
    },
  };
}

async function patiently(work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_PATIENCE_MS);
  });
  await Promise.race([work?.catch(() => {}), patience]);
  clearTimeout(timer);
}

async function refuseUnreachable(url: string): Promise<void> {
  const probe = new Redis(url, {
    lazyConnect: true,
    connectTimeout: START_PATIENCE_MS,
    commandTimeout: START_PATIENCE_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  let reason = "no answer";
  probe.on("error", (error) => {
    reason = error.message;
  });
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    throw new QueueUnreachable(/closed/i.test(said) ? reason : said || reason);
  } finally {
    probe.disconnect();
  }
}
