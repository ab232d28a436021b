import { resolve } from "node:path";

/** What a server needs to know, parsed once from the environment and the command line. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Null means the embedded database in the data folder. */
  readonly databaseUrl: string | null;
  /** Null means that the queue lives in the database. */
  readonly redisUrl: string | null;
  /** How people reach the server, without a slash at the end: for links in mails and invitations, and for secure cookies. */
  readonly publicUrl: string;
  /** Null means that mails are written to the outbox folder. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly logLevel: LogLevel;
  /** Signs access tokens; null means the one that the database keeps. */
  readonly jwtSecret: string | null;
  /** A proxy in front says who the client is (X-Forwarded-For). */
  readonly trustsProxy: boolean;
  /** Serves HTTP. */
  readonly serves: boolean;
  /** Runs background jobs. */
  readonly works: boolean;
}

const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The environment or the command line says something that cannot be. The message is one line for the person who starts it. */
export class BadSetting extends Error {
  override readonly name = "BadSetting";
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment and the flags `--worker-only` and `--no-worker`.
 *
 * @throws BadSetting with one clear line
 */
export function parseSettings(env: Environment, args: readonly string[] = []): Settings {
  const flags = parseFlags(args);
  const port = parsePort(env.PORT);
  const host = env.HOST || "127.0.0.1";
  const databaseUrl = parseUrl(env, "DATABASE_URL", ["postgres:", "postgresql:"]);
  if (flags.workerOnly && !databaseUrl) {
    throw new BadSetting("--worker-only needs DATABASE_URL: the embedded database belongs to one process.");
  }
  return {
    port,
    host,
    dataDir: resolve(env.DATA_DIR || "data"),
    databaseUrl,
    redisUrl: parseUrl(env, "REDIS_URL", ["redis:", "rediss:"]),
    publicUrl: (
      parseUrl(env, "PUBLIC_URL", ["http:", "https:"]) ?? `http://${host === "0.0.0.0" ? "localhost" : host}:${port}`
    ).replace(/\/+$/, ""),
    smtpUrl: parseUrl(env, "SMTP_URL", ["smtp:", "smtps:"]),
    mailFrom: env.MAIL_FROM || "Formwright <formwright@localhost>",
    logLevel: parseLogLevel(env.LOG_LEVEL),
    jwtSecret: parseSecret(env.JWT_SECRET),
    trustsProxy: env.TRUST_PROXY === "1" || env.TRUST_PROXY === "true",
    serves: !flags.workerOnly,
    works: !flags.noWorker,
  };
}

function parseFlags(args: readonly string[]): { workerOnly: boolean; noWorker: boolean } {
  const known = new Set(["--worker-only", "--no-worker"]);
  const unknown = args.find((arg) => !known.has(arg));
  if (unknown) throw new BadSetting(`${unknown} is not known; there are --worker-only and --no-worker.`);
  const flags = { workerOnly: args.includes("--worker-only"), noWorker: args.includes("--no-worker") };
  if (flags.workerOnly && flags.noWorker) {
    throw new BadSetting("--worker-only and --no-worker together leave nothing to do.");
  }
  return flags;
}

function parsePort(text: string | undefined): number {
  if (!text) return 3000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new BadSetting(`PORT must be a number from 0 to 65535, not "${text}".`);
  return port;
}

function parseUrl(env: Environment, name: string, protocols: readonly string[]): string | null {
  const text = env[name];
  if (!text) return null;
  const url = URL.parse(text);
  // The value may hold a password: it is not repeated.
  if (!url || !protocols.includes(url.protocol)) {
    throw new BadSetting(`${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(" or ")}.`);
  }
  return text;
}

function parseLogLevel(text: string | undefined): LogLevel {
  if (!text) return "warn";
  const level = LOG_LEVELS.find((one) => one === text);
  if (!level) throw new BadSetting(`LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}, not "${text}".`);
  return level;
}

function parseSecret(text: string | undefined): string | null {
  if (!text) return null;
  if (text.length < 32) throw new BadSetting("JWT_SECRET must have at least 32 characters.");
  return text;
}
