import type { Database } from "@formwright/database";
import { sweepJobs, sweepPlatform, takeDueJobs } from "@formwright/engine";
import type { FastifyBaseLogger } from "fastify";
import { atMostEvery } from "./at-most-every.ts";
import type { JobQueue } from "./queue.ts";

const TICK_MS = 5_000;
/** However often it is told that there is something to take. */
const REST_MS = 200;
const SWEEP_MS = 60_000;
const LOOK_AHEAD_SECONDS = 30;
/** Of each workspace at a time, so that one with very many does not hold up another with a few. */
const TAKE_OF_EACH = 50;
/** With so many waiting for a worker, the rest stays in its rows. */
const MAX_WAITING = 500;
/** A job that is not done so long after its time is handed over again: the queue may have lost it. */
export const GRACE_SECONDS = 120;

export interface Relay {
  /** There may be something to take. */
  look(): void;
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
  readonly graceSeconds?: number;
  /** What else is to be tidied up each minute. */
  readonly tidy?: (now: Date) => Promise<void>;
}

/** Takes job rows that are nearly due and hands them to the queue: when told that there are some, and on a clock. */
export function startRelay({ database, queue, log, now, graceSeconds = GRACE_SECONDS, tidy }: RelayOptions): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let isStopped = false;

  const relay = async () => {
    do {
      again = false;
      while (!isStopped && (await queue.countWaiting()) < MAX_WAITING) {
        const at = now();
        const jobs = await takeDueJobs(database.kysely, {
          limit: TAKE_OF_EACH,
          lookAheadSeconds: LOOK_AHEAD_SECONDS,
          now: at.toISOString(),
        });
        if (jobs.length === 0) break;
        await queue.add(jobs, at.getTime());
      }
    } while (again && !isStopped);
  };
  const rested = atMostEvery(REST_MS, () => {
    again = true;
    if (isStopped || running) return;
    running = relay()
      .catch((error) => log.warn({ err: error }, "jobs could not be handed to the queue"))
      .finally(() => {
        running = null;
      });
  });
  const look = () => rested.ask();
  const sweep = async () => {
    await sweepJobs(database.kysely, { now: now().toISOString(), graceSeconds });
    look();
    await sweepPlatform(database.kysely);
    await tidy?.(now());
  };
  const sweepSafely = () =>
    void sweep().catch((error) => log.warn({ err: error }, "the sweep failed; it runs again in a minute"));

  const clock = setInterval(look, TICK_MS);
  const broom = setInterval(sweepSafely, SWEEP_MS);
  // What a process that was killed left behind is taken up at once.
  sweepSafely();
  return {
    look,
    sweep,
    stop: async () => {
      isStopped = true;
      clearInterval(clock);
      clearInterval(broom);
      rested.stop();
      await running;
    },
  };
}
