import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { valueParsers } from "./value-parsers.ts";

/** Where the data is: a PostgreSQL server, a folder, or memory (tests). */
export type OpenOptions =
  | { readonly kind: "server"; readonly url: string; readonly connections?: number }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "memory"; readonly loadDataDir?: Blob };

export interface Database {
  readonly kind: "postgres" | "pglite";
  // biome-ignore lint/suspicious/noExplicitAny: tables are made at run time; their shape is the published model.
  readonly kysely: Kysely<any>;
  readonly pool: pg.Pool;
  /** Present when embedded. */
  readonly pglite: PGlite | null;
  close(): Promise<void>;
}

const SESSION = "-c timezone=UTC -c intervalstyle=iso_8601";

/**
 * Opens the database. The only place that knows pg and PGlite.
 * Embedded, there is exactly one connection: a query beside a transaction waits for ever, so the transaction is always passed on.
 *
 * @throws what pg throws when the server cannot be reached (code ECONNREFUSED, ENOTFOUND, 28P01, 3D000 …)
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  return options.kind === "server" ? openServer(options.url, options.connections ?? 10) : openEmbedded(options);
}

async function openServer(url: string, connections: number): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: connections, options: SESSION, types: valueParsers });
  pool.on("error", () => {}); // an idle connection that broke: the pool replaces it
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw error;
  }
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { kind: "postgres", kysely, pool, pglite: null, close: () => kysely.destroy() };
}

async function openEmbedded(options: Exclude<OpenOptions, { kind: "server" }>): Promise<Database> {
  if (options.kind === "folder") mkdirSync(options.path, { recursive: true });
  const pglite =
    options.kind === "folder"
      ? await PGlite.create(options.path)
      : await PGlite.create(options.loadDataDir ? { loadDataDir: options.loadDataDir } : {});
  await pglite.exec("set timezone = 'UTC'; set intervalstyle = 'iso_8601'");
  const pool = new pg.Pool({ ...createPgConfig(pglite), max: 1, types: valueParsers });
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await kysely.destroy();
    await pglite.close();
  };
  return { kind: "pglite", kysely, pool, pglite, close };
}
