import { randomBytes } from "node:crypto";
import { type Database, openDatabase } from "@formwright/database";
import { sql } from "kysely";

export type DatabaseKind = "pglite" | "postgres";

/** The databases that contract tests loop over: PGlite always, PostgreSQL when TEST_DATABASE_URL says where one is. */
export const databaseKinds: readonly DatabaseKind[] = process.env.TEST_DATABASE_URL
  ? ["pglite", "postgres"]
  : ["pglite"];

/** Why a database is left out, for the run's report; empty when none is. */
export const skippedDatabases: readonly string[] = process.env.TEST_DATABASE_URL
  ? []
  : ["contracts on PostgreSQL: TEST_DATABASE_URL is not set"];

export interface TestDatabase extends Database {
  /** For tests that start a server process: how it reaches the same database; null on PGlite. */
  readonly url: string | null;
}

/**
 * An empty database that belongs to the caller alone: PGlite in memory, or a new database on the PostgreSQL server.
 * `close()` removes it. Opening takes a second or two: do it once per file (beforeAll).
 */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  if (kind === "pglite") return { ...(await openDatabase({ kind: "memory" })), url: null };
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error("TEST_DATABASE_URL is not set");
  const name = `fw_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase({ kind: "server", url: url.href, connections: 8 });
  const close = async () => {
    await database.close();
    await onServer(server, `drop database ${name} with (force)`);
  };
  return { ...database, url: url.href, close };
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = await openDatabase({ kind: "server", url, connections: 1 });
  try {
    await sql.raw(statement).execute(server.kysely);
  } finally {
    await server.close();
  }
}
