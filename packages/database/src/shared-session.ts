import { EventEmitter } from "node:events";
import type { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import pg from "pg";
import type { QueryClient, QueryPool } from "./query-pool.ts";
import { valueParsers } from "./value-parsers.ts";

/**
 * PGlite's one connection, shared by several users (Kysely, the queue) that each see a pool.
 * Whoever begins a transaction has the connection until it ends; everybody else waits in line, first come first served.
 */
export interface SharedSession {
  /** A pool whose statements run with this search path. */
  pool(searchPath?: string): QueryPool;
  /** Calls back for each notification on a channel that somebody listens to. */
  onNotification(listener: (channel: string, payload: string) => void): void;
  end(): Promise<void>;
}

const DEFAULT_PATH = '"$user", public';

/** Opens the shared session on an embedded database. */
export async function openSharedSession(pglite: PGlite): Promise<SharedSession> {
  const client = new pg.Client({ ...createPgConfig(pglite), types: valueParsers } as pg.ClientConfig);
  client.on("error", () => {}); // nothing to reconnect to: the next query reports it
  await client.connect();
  const line = new Line();
  const clients = new Set<SharedClient>();
  const listeners: ((channel: string, payload: string) => void)[] = [];
  const path = { current: DEFAULT_PATH };

  pglite.onNotification((channel, payload) => {
    for (const one of clients) one.emit("notification", { channel, payload, processId: 0 });
    for (const listener of listeners) listener(channel, payload);
  });

  const pool = (searchPath = DEFAULT_PATH): QueryPool => {
    const connect = async (): Promise<QueryClient> => {
      const one: SharedClient = new SharedClient(client, line, path, searchPath, () => clients.delete(one));
      clients.add(one);
      return one as unknown as QueryClient;
    };
    return new SharedPool(connect) as unknown as QueryPool;
  };
  return {
    pool,
    onNotification: (listener) => void listeners.push(listener),
    end: () => client.end(),
  };
}

/** A queue for one place: `enter` resolves with the way out once it is the caller's turn. */
class Line {
  #last: Promise<void> = Promise.resolve();

  async enter(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}

class SharedPool extends EventEmitter {
  readonly options = {};
  readonly #connect: () => Promise<QueryClient>;

  constructor(connect: () => Promise<QueryClient>) {
    super();
    this.#connect = connect;
  }

  connect(): Promise<QueryClient> {
    return this.#connect();
  }

  async query(text: string, values?: readonly unknown[]): Promise<unknown> {
    const client = await this.#connect();
    try {
      return await client.query(text, values);
    } finally {
      client.release();
    }
  }

  /** The session belongs to the database: ending one of its pools closes nothing. */
  async end(): Promise<void> {}
}

class SharedClient extends EventEmitter {
  readonly #client: pg.Client;
  readonly #line: Line;
  readonly #path: { current: string };
  readonly #wantedPath: string;
  readonly #forget: () => void;
  #leave: (() => void) | null = null;
  #previous: Promise<unknown> = Promise.resolve();

  constructor(client: pg.Client, line: Line, path: { current: string }, wantedPath: string, forget: () => void) {
    super();
    this.setMaxListeners(0);
    this.#client = client;
    this.#line = line;
    this.#path = path;
    this.#wantedPath = wantedPath;
    this.#forget = forget;
  }

  query(text: string | { text: string; values?: unknown[] }, values?: readonly unknown[]): Promise<unknown> {
    const run = this.#previous.then(() => this.#run(text, values));
    this.#previous = run.catch(() => {});
    return run;
  }

  release(): void {
    this.#forget();
    void this.#previous.then(() => (this.#leave ? this.#run("rollback") : undefined)).catch(() => this.#out());
  }

  async #run(text: string | { text: string; values?: unknown[] }, values?: readonly unknown[]): Promise<unknown> {
    if (!this.#leave) {
      this.#leave = await this.#line.enter();
      await this.#takePath();
    }
    try {
      const result = await this.#client.query(text as string, values as unknown[]);
      if (this.#client.getTransactionStatus() === "I") this.#out();
      return result;
    } catch (error) {
      // The refusal arrives before the connection says what became of the transaction.
      await new Promise(setImmediate);
      if (this.#client.getTransactionStatus() === "I") this.#out();
      throw error;
    }
  }

  async #takePath(): Promise<void> {
    if (this.#path.current === this.#wantedPath) return;
    try {
      await this.#client.query(`set search_path = ${this.#wantedPath}`);
      this.#path.current = this.#wantedPath;
    } catch (error) {
      this.#out();
      throw error;
    }
  }

  #out(): void {
    const leave = this.#leave;
    this.#leave = null;
    leave?.();
  }
}
