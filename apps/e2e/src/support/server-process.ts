import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const START_WITHIN_MS = 90_000;

/** A Formwright server in a process of its own, with its own data folder and the embedded database. */
export interface ServerProcess {
  readonly url: string;
  readonly dataDir: string;
  /** What it printed so far. */
  output(): string;
  /** Ends it at once, as a crash would (SIGKILL). The folder stays. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. Gives the milliseconds until it was ready. */
  restart(): Promise<number>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/**
 * Starts a server on a free port and a fresh folder, and waits until it says that it can serve.
 *
 * @throws Error with everything the process printed when it ends or is not ready in time
 */
export async function startServer(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  if (!existsSync(join(ROOT, "apps/web/dist/index.html"))) {
    throw new Error("The web app is not built: run `pnpm --filter @formwright/web build` first (npm test does)");
  }
  const dataDir = await mkdtemp(join(tmpdir(), "formwright-journey-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const printed: string[] = [];
  const env = { ...inherited(), PORT: String(port), DATA_DIR: dataDir, PUBLIC_URL: url, ...environment };
  let child = spawnServer(env, printed);
  await untilReady(child, url, printed);

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    url,
    dataDir,
    output: () => printed.join(""),
    kill: () => end("SIGKILL"),
    async restart() {
      const started = performance.now();
      child = spawnServer(env, printed);
      await untilReady(child, url, printed);
      return performance.now() - started;
    },
    async close() {
      const patience = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await end("SIGTERM");
      clearTimeout(patience);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The environment without what would lead the server to another database, queue or mail server. */
function inherited(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _d, REDIS_URL: _r, SMTP_URL: _s, NODE_OPTIONS: _n, VITEST: _v, ...rest } = process.env;
  return { ...rest, NODE_ENV: "production", LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
}

function spawnServer(env: NodeJS.ProcessEnv, printed: string[]): ChildProcess {
  const child = spawn(process.execPath, ["apps/server/src/main.ts"], { cwd: ROOT, env });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part: Buffer) => printed.push(String(part)));
  return child;
}

async function untilReady(child: ChildProcess, url: string, printed: readonly string[]): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}:\n${printed.join("")}`);
    }
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  child.kill("SIGKILL");
  throw new Error(`The server was not ready within ${START_WITHIN_MS / 1000} s:\n${printed.join("")}`);
}
