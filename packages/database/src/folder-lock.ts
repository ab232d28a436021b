import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** The folder is open in another process. Two of them would corrupt it without a word, so the second must not start. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
  readonly folder: string;
  /** What the other process says of itself, e.g. "process 4711, http://127.0.0.1:3000"; empty when it says nothing. */
  readonly holder: string;

  constructor(folder: string, holder: string) {
    super(`The data folder ${folder} is already open in another process${holder ? ` (${holder})` : ""}.`);
    this.folder = folder;
    this.holder = holder;
  }
}

/** One process's hold on a folder. */
export interface FolderLock {
  /** Adds to what a second process is told, e.g. the address that this one serves. */
  describe(words: string): void;
  release(): Promise<void>;
}

const HEARTBEAT_MS = 5_000;
/** A heartbeat older than this belongs to a process that is gone. */
const STALE_MS = 4 * HEARTBEAT_MS;

/**
 * Takes the folder, or says who has it.
 *
 * On Linux the lock is a socket name in the kernel, gone with its process however that ends; elsewhere a file with the
 * process's number. The file also carries a heartbeat, for a folder that several machines or containers see.
 *
 * @throws FolderInUse when another process has it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const path = realpathSync(folder);
  const holder = { words: `process ${process.pid}` };
  const server = process.platform === "linux" ? await takeSocket(path, holder) : null;
  try {
    return await takeFile(path, holder, server);
  } catch (error) {
    server?.close();
    throw error;
  }
}

async function takeSocket(path: string, holder: { words: string }): Promise<Server> {
  const name = `\0formwright-${createHash("sha256").update(path).digest("hex")}`;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end(holder.words);
  });
  server.unref();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(name, resolve);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new FolderInUse(path, await askHolder(name));
  }
  return server;
}

/** What the process at the other end says of itself; empty when it is too busy to say it within a second. */
function askHolder(name: string): Promise<string> {
  return new Promise((resolve) => {
    let words = "";
    const socket = createConnection(name);
    const done = () => {
      socket.destroy();
      resolve(words);
    };
    socket.setEncoding("utf8").on("data", (text: string) => {
      words += text;
    });
    socket.setTimeout(1_000, done).on("error", done).on("close", done);
  });
}

async function takeFile(path: string, holder: { words: string }, server: Server | null): Promise<FolderLock> {
  const file = `${path}.lock`;
  await refuseLiveHolder(path, file);
  const write = () => writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname(), words: holder.words }));
  write();
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Somebody removed the file; on Linux the socket still holds the folder.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    describe: (words) => {
      holder.words = `process ${process.pid}, ${words}`;
      write();
    },
    release: async () => {
      clearInterval(heartbeat);
      rmSync(file, { force: true });
      if (server) await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function refuseLiveHolder(path: string, file: string): Promise<void> {
  const found = readLock(file);
  if (!found) return;
  if (found.host === hostname()) {
    // On Linux the socket has already answered for this machine.
    if (process.platform !== "linux" && found.pid !== process.pid && isAlive(found.pid)) {
      throw new FolderInUse(path, found.words);
    }
    return;
  }
  // Another machine or container: it is alive when its heartbeat goes on.
  for (let waited = 0; ageOf(file) < STALE_MS && waited < STALE_MS; waited += 1_000) {
    const before = mtimeOf(file);
    await sleep(1_000);
    if (mtimeOf(file) > before) throw new FolderInUse(path, `${found.words} on ${found.host}`);
  }
}

function readLock(file: string): { pid: number; host: string; words: string } | null {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function mtimeOf(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function ageOf(file: string): number {
  return Date.now() - mtimeOf(file);
}
