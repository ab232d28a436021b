import { sql } from "kysely";
import type { Db, Tx } from "../context.ts";
import type { Migration } from "./migration.ts";
import { platformMigrations } from "./platform-migrations.ts";
import { workspaceMigrations } from "./workspace-migrations.ts";

const LOCK = 4_150_001;

/**
 * Brings the platform's schema and every workspace's runtime tables up to this version. Safe to call from several
 * servers at once: an advisory lock lets one work while the others wait and then find nothing to do.
 *
 * @returns how many steps ran
 */
export async function migratePlatform(db: Db): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`create schema if not exists platform`.execute(tx);
    await sql`create table if not exists platform.migration (
      scope text not null, name text not null, at timestamptz not null default now(), primary key (scope, name))`.execute(
      tx,
    );
    let ran = await runPending(tx, "platform", platformMigrations);
    const workspaces = await sql<{ schema: string }>`select schema from platform.workspace order by created_at`.execute(
      tx,
    );
    for (const { schema } of workspaces.rows) ran += await runPending(tx, schema, workspaceMigrations());
    return ran;
  });
}

/** Makes the runtime tables of one workspace, in a schema that exists. */
export async function migrateWorkspace(tx: Tx, schema: string): Promise<number> {
  return runPending(tx, schema, workspaceMigrations());
}

async function runPending(tx: Tx, schema: string, migrations: readonly Migration[]): Promise<number> {
  const done = await sql<{ name: string }>`select name from platform.migration where scope = ${schema}`.execute(tx);
  const known = new Set(done.rows.map((row) => row.name));
  const pending = migrations.filter((migration) => !known.has(migration.name));
  if (pending.length === 0) return 0;
  await sql`select set_config('search_path', ${`"${schema}", public`}, true)`.execute(tx);
  for (const migration of pending) {
    for (const statement of migration.statements) await sql.raw(statement).execute(tx);
    await sql`insert into platform.migration (scope, name) values (${schema}, ${migration.name})`.execute(tx);
  }
  await sql`select set_config('search_path', 'public', true)`.execute(tx);
  return pending.length;
}
