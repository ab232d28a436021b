import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const READY = /Formwright is ready at (\S+)/;
const START_WITHIN_MS = 240_000;
/** What npm and pnpm print when what they need can be had neither from a registry nor from what they kept. */
const NO_PACKAGES =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_PNPM_(META_FETCH|FETCH|NO_OFFLINE)|ENOTCACHED/;

/** An `npm start` as a person at a terminal gives it. */
export interface NpmStart {
  /** The address that it printed. */
  readonly url: string;
  readonly output: () => string;
  /** Ends npm and everything below it at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Asks npm to stop. Gives its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** How an `npm start` ended that did not come to serve. */
export interface FailedStart {
  readonly exitCode: number | null;
  /** The lines that are the product's own, not npm's. */
  readonly lines: readonly string[];
  readonly output: string;
}

/** Why nothing can be installed here: the registry is out of reach and the packages are not all at hand. */
export class NoPackages extends Error {}

/** Copies what the repository holds, and nothing else, to a new folder outside it. */
export async function copyOfRepository(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "formwright-fresh-")));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  for (const file of String(listed).split("\0")) {
    if (file === "" || !existsSync(join(ROOT, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(folder, file));
  }
  return folder;
}

/**
 * Runs `npm start` in a folder until it prints its address.
 *
 * @throws NoPackages when it could not install for want of a registry
 * @throws Error with what it printed when it ended otherwise
 */
export async function npmStart(folder: string, environment: Readonly<Record<string, string>>): Promise<NpmStart> {
  const { child, output } = run(folder, environment);
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    const url = READY.exec(output())?.[1];
    if (url) return { url, output, kill: () => kill(child), stop: () => stop(child) };
    if (child.exitCode !== null || Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await kill(child);
  if (/installing the packages failed/.test(output()) && NO_PACKAGES.test(output())) throw new NoPackages(output());
  throw new Error(`npm start did not come to serve (exit code ${child.exitCode}):\n${output()}`);
}

/** Runs `npm start` where it cannot come to serve, and waits until it ends. */
export async function npmStartInVain(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<FailedStart> {
  const { child, output } = run(folder, environment);
  const patience = setTimeout(() => void kill(child), START_WITHIN_MS);
  await once(child, "close");
  clearTimeout(patience);
  const lines = output().split("\n");
  const own = lines.filter((line) => line.trim() !== "" && !/^(npm |> )/.test(line));
  return { exitCode: child.exitCode, lines: own, output: output() };
}

function run(folder: string, environment: Readonly<Record<string, string>>) {
  const { DATABASE_URL: _d, REDIS_URL: _r, SMTP_URL: _s, DATA_DIR: _f, NODE_OPTIONS: _n, ...rest } = process.env;
  // Left out as well: what a package manager that runs these tests has told its children.
  const own = Object.entries(rest).filter(([name]) => !/^(npm_|pnpm_|VITEST|NODE_ENV|INIT_CWD)/.test(name));
  const child = spawn("npm", ["start"], {
    cwd: folder,
    env: { ...Object.fromEntries(own), ...environment },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => printed.push(String(part)));
  return { child, output: () => printed.join("") };
}

/** The process leads a group of its own, so that only what it started goes with it. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  return child.exitCode;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
