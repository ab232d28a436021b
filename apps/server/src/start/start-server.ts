import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "@formwright/database";
import { keepSetting, migratePlatform } from "@formwright/engine";
import type { FastifyBaseLogger } from "fastify";
import pino from "pino";
import { buildServer } from "../build-server.ts";
import { Metrics } from "../http/metrics.ts";
import { type Background, startBackground } from "../jobs/background.ts";
import type { Settings } from "../settings.ts";
import { WEB_DIST } from "./build-web-app.ts";

export interface RunningServer {
  readonly database: Database;
  /** Where it serves, e.g. http://127.0.0.1:3000; null for a worker. */
  readonly address: string | null;
  /** Lets requests and jobs end, for at most some seconds, and closes everything. */
  stop(): Promise<void>;
}

/** Nothing that could be a secret reaches the log. */
const SECRETS = [
  "req.headers.authorization",
  "req.headers.cookie",
  'res.headers["set-cookie"]',
  "*.password",
  "*.passwordHash",
  "*.token",
];

const PATIENCE_MS = 8_000;

/**
 * Opens the database and the queue, brings the tables up to date, and serves and works as the settings say.
 * Whatever was opened is closed again when a later step fails.
 */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const log: FastifyBaseLogger = pino({ level: settings.logLevel, redact: { paths: SECRETS, censor: "[hidden]" } });
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.reverse()) await within(PATIENCE_MS, close());
    closing.length = 0;
  };
  try {
    mkdirSync(settings.dataDir, { recursive: true });
    const database = await openDatabase(
      settings.databaseUrl
        ? { kind: "server", url: settings.databaseUrl }
        : { kind: "folder", path: join(settings.dataDir, "db") },
    );
    closing.push(() => database.close());
    await migratePlatform(database.kysely);
    const jwtSecret =
      settings.jwtSecret ?? (await keepSetting(database.kysely, "jwtSecret", randomBytes(48).toString("base64url")));
    const metrics = new Metrics({ ofProcess: true });
    const background: Background = await startBackground({ database, settings, metrics, log });
    closing.push(() => background.stop());
    let address: string | null = null;
    if (settings.serves) {
      const { server } = await buildServer({
        database,
        settings,
        jwtSecret,
        metrics,
        log,
        webFolder: existsSync(join(WEB_DIST, "index.html")) ? WEB_DIST : null,
        onChange: (workspace) => background.look(workspace),
        notReady: () => background.trouble(),
      });
      closing.push(() => server.close());
      await server.listen({ port: settings.port, host: settings.host });
      const bound = server.server.address();
      const port = typeof bound === "object" && bound ? bound.port : settings.port;
      address = `http://${settings.host === "0.0.0.0" || settings.host === "::" ? "localhost" : settings.host}:${port}`;
      database.lock?.describe(address);
    }
    return { database, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits no longer than that: the rest is cut off when the process ends. */
async function within(patienceMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work.catch(() => {}), patience]);
  clearTimeout(timer);
}
