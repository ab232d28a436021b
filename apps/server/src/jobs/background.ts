import type { Database } from "@formwright/database";
import {
  type Context,
  consumeEvents,
  findWorkspace,
  type JobRunner,
  listWorkspaces,
  runJob,
  systemContext,
} from "@formwright/engine";
import type { FastifyBaseLogger } from "fastify";
import type { Metrics } from "../http/metrics.ts";
import { sweepImports } from "../import/import-files.ts";
import { importHandler } from "../import/import-job.ts";
import { CHANNEL, parseNews, tellNews } from "../live/news.ts";
import type { Settings } from "../settings.ts";
import { atMostEvery } from "./at-most-every.ts";
import { type Deliver, mailDelivery } from "./mail.ts";
import { openQueue } from "./queue.ts";
import { GRACE_SECONDS, type Relay, startRelay } from "./relay.ts";

export interface Background {
  /** Something was written in that workspace: automations and jobs may have something to do. */
  look(workspaceSlug: string): void;
  /** Why work does not get done right now; null when it does. */
  trouble(): string | null;
  /** For tests and the sweep's clock: hands over again what the queue lost. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface BackgroundOptions {
  readonly database: Database;
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
  readonly now?: () => Date;
  readonly deliver?: Deliver;
  readonly graceSeconds?: number;
}

const EVENTS_TICK_MS = 2_000;
/** Many writes in a row are read together. */
const EVENTS_REST_MS = 200;
const EVENTS_AT_ONCE = 200;
/** PGlite does one thing at a time, but a long import must not hold up a mail; PostgreSQL has a pool to share. */
const CONCURRENCY = { pglite: 2, postgres: 5 } as const;

/** Starts relay, workers and the readers of the event log; for a server that does not work, only what tells the others. */
export async function startBackground(options: BackgroundOptions): Promise<Background> {
  const { database, settings } = options;
  if (!settings.works) return messenger(database);
  const queue = await openQueue(database, settings.redisUrl, options.log);
  const runner = jobRunner(options);
  const relay = startRelay({
    database,
    queue,
    log: options.log,
    now: options.now ?? (() => new Date()),
    graceSeconds: options.graceSeconds ?? GRACE_SECONDS,
    tidy: (now) => sweepImports(settings.dataDir, now),
  });
  queue.work(async (kind, job) => {
    const result = await runJob(database.kysely, runner, job);
    options.metrics.jobs.inc({ kind, result });
    if (result === "done") events.look(job.workspace);
    if (result === "retry" || result === "early") relay.look();
  }, CONCURRENCY[database.kind]);
  const events = startEventReader(options, runner, relay);
  const stopListening = await database.listen(CHANNEL, (payload) => {
    const news = payload === null ? null : parseNews(payload);
    if (!news || news.type === "jobs") relay.look();
    if (!news) events.lookEverywhere();
    else if (news.type === "events") events.look(news.workspace);
  });
  return {
    look: (workspace) => {
      events.look(workspace);
      relay.look();
    },
    trouble: () => queue.trouble(),
    sweep: () => relay.sweep(),
    stop: async () => {
      stopListening();
      await Promise.all([relay.stop(), events.stop()]);
      await queue.close();
    },
  };
}

/** Tells the workers, which are other processes. */
function messenger(database: Database): Background {
  return {
    look: (workspace) => void tellNews(database, { type: "events", workspace }).catch(() => {}),
    trouble: () => null,
    sweep: async () => {},
    stop: async () => {},
  };
}

function jobRunner({ database, settings, now = () => new Date(), deliver }: BackgroundOptions): JobRunner {
  return {
    contextOf: (slug) => contextOf(database, slug, now()),
    deliver: deliver ?? mailDelivery(settings),
    random: Math.random,
    handlers: { import: importHandler(database, settings.dataDir) },
  };
}

async function contextOf(database: Database, slug: string, now: Date): Promise<Context> {
  const workspace = await findWorkspace(database.kysely, slug);
  if (!workspace) throw new Error(`there is no workspace ${slug}`);
  return systemContext(database.kysely, workspace, "Formwright", { door: "automation", now: now.toISOString() });
}

interface EventReader {
  look(workspaceSlug: string): void;
  lookEverywhere(): void;
  stop(): Promise<void>;
}

/** Reads the event log of each workspace for automations: when something was written, and on a clock. */
function startEventReader({ database, log }: BackgroundOptions, runner: JobRunner, relay: Relay): EventReader {
  const wanted = new Set<string>();
  let running: Promise<void> | null = null;
  let isStopped = false;

  const read = async () => {
    const turn = new Set(wanted);
    wanted.clear();
    for (let slug = first(turn); slug !== undefined && !isStopped; slug = first(turn)) {
      turn.delete(slug);
      const consumed = await consumeEvents(database.kysely, await runner.contextOf(slug), { limit: EVENTS_AT_ONCE });
      if (consumed > 0) relay.look();
      if (consumed === EVENTS_AT_ONCE) turn.add(slug);
    }
  };
  const rested = atMostEvery(EVENTS_REST_MS, () => {
    if (isStopped || running) return;
    running = read()
      .catch((error) => log.warn({ err: error }, "events could not be read; it is tried again"))
      .finally(() => {
        running = null;
        if (wanted.size > 0 && !isStopped) rested.ask();
      });
  });
  const lookEverywhere = () => {
    void listWorkspaces(database.kysely)
      .then((workspaces) => {
        for (const { slug } of workspaces) wanted.add(slug);
        rested.ask();
      })
      .catch(() => {});
  };
  const clock = setInterval(lookEverywhere, EVENTS_TICK_MS);
  return {
    look: (slug) => {
      wanted.add(slug);
      rested.ask();
    },
    lookEverywhere,
    stop: async () => {
      isStopped = true;
      clearInterval(clock);
      rested.stop();
      await running;
    },
  };
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  return set.values().next().value;
}
