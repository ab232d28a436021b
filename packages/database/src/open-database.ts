import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import pg from "pg";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { type Listener, type OnNotification, serverListener, sharedListener } from "./listen.ts";
import { namingClient } from "./naming-client.ts";
import type { QueryPool } from "./query-pool.ts";
import { ReadPool } from "./read-pool.ts";
import { openSharedSession } from "./shared-session.ts";
import { valueParsers } from "./value-parsers.ts";

/** Where the data is: a PostgreSQL server, a folder, or memory (tests). */
export type OpenOptions =
  | { readonly kind: "server"; readonly url: string; readonly connections?: number; readonly readConnections?: number }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "memory"; readonly loadDataDir?: Blob };

export interface Database {
  readonly kind: "postgres" | "pglite";
  // biome-ignore lint/suspicious/noExplicitAny: tables are made at run time; their shape is the published model.
  readonly kysely: Kysely<any>;
  /**
   * For single statements outside transactions: on PostgreSQL a few pipelined connections with named statements,
   * about twice as fast as the pool; a statement that begins with {@link REPLAN} is planned with its values each time.
   * It refuses transactions and cancels what takes longer than 30 s: long reads (exports) belong on `kysely`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly reads: Kysely<any>;
  readonly pool: QueryPool;
  /** Present when embedded. */
  readonly pglite: PGlite | null;
  /** Present when embedded in a folder. */
  readonly lock: FolderLock | null;
  /** Calls back for each NOTIFY on the channel, with null when some may have been missed. The result stops it. */
  listen(channel: string, onNotification: OnNotification): Promise<() => void>;
  /** A pool for a tenant of its own (the queue) whose tables lie in `schema`. Ends with the database. */
  schemaPool(schema: string, connections?: number): QueryPool;
  close(): Promise<void>;
}

/** jit: what it saves on a long report it costs many times over on short statements that only look expensive. */
const SESSION = "-c timezone=UTC -c intervalstyle=iso_8601 -c jit=off";
const READ_TIMEOUT_MS = 30_000;
const READ_CONNECTIONS = 4;

/**
 * Opens the database. The only place that knows pg and PGlite.
 * Embedded, there is exactly one connection: a query beside a transaction waits for ever, so the transaction is always passed on.
 *
 * @throws what pg throws when the server cannot be reached (code ECONNREFUSED, ENOTFOUND, 28P01, 3D000 …)
 * @throws FolderInUse when another process has the folder open
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.kind === "server") return openServer(options);
  if (options.kind === "memory") return openEmbedded(() => PGlite.create(memoryOptions(options)), null);
  const lock = await lockFolder(options.path);
  try {
    return await openEmbedded(() => PGlite.create(options.path), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function memoryOptions(options: Extract<OpenOptions, { kind: "memory" }>) {
  return options.loadDataDir ? { loadDataDir: options.loadDataDir } : {};
}

async function openServer(options: Extract<OpenOptions, { kind: "server" }>): Promise<Database> {
  const { url, connections = 10, readConnections = READ_CONNECTIONS } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: SESSION,
    types: valueParsers,
    Client: namingClient(),
  });
  pool.on("error", () => {}); // an idle connection that broke: the pool replaces it
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw error;
  }
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const readPool = new ReadPool({
    url,
    session: SESSION,
    connections: readConnections,
    types: valueParsers,
    timeoutMs: READ_TIMEOUT_MS,
  });
  const reads = new Kysely({ dialect: new PostgresDialect({ pool: readPool as unknown as PostgresPool }) });
  const listener = serverListener(url);
  const tenants: pg.Pool[] = [];
  const schemaPool = (schema: string, max = 6): QueryPool => {
    const path = `-c search_path=${pg.escapeIdentifier(schema)},public`;
    const tenant = new pg.Pool({ connectionString: url, max, options: path, keepAlive: true });
    tenant.on("error", () => {});
    tenants.push(tenant);
    return tenant as unknown as QueryPool;
  };
  const close = async () => {
    await listener.end();
    await readPool.end();
    await Promise.allSettled(tenants.map((tenant) => tenant.end()));
    // Kysely ends a pool only once it has used it.
    await kysely.destroy();
    if (!pool.ended) await pool.end();
  };
  return {
    kind: "postgres",
    kysely,
    reads,
    pool: pool as unknown as QueryPool,
    pglite: null,
    lock: null,
    listen: listener.listen,
    schemaPool,
    close,
  };
}

async function openEmbedded(create: () => Promise<PGlite>, lock: FolderLock | null): Promise<Database> {
  const pglite = await create();
  await pglite.exec("set timezone = 'UTC'; set intervalstyle = 'iso_8601'");
  const session = await openSharedSession(pglite);
  const pool = session.pool();
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) });
  const listener: Listener = sharedListener(session);
  const close = async () => {
    await kysely.destroy();
    await session.end();
    await pglite.close();
    await lock?.release();
  };
  return {
    kind: "pglite",
    kysely,
    reads: kysely,
    pool,
    pglite,
    lock,
    listen: listener.listen,
    schemaPool: (schema) => session.pool(`${pg.escapeIdentifier(schema)}, public`),
    close,
  };
}
