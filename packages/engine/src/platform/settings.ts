import type { Json } from "@formwright/model";
import { sql } from "kysely";
import type { Db, Tx } from "../context.ts";

/**
 * A setting of the whole platform that is made once and then kept, e.g. a secret that all servers share. The first to
 * ask decides; everybody gets what was kept.
 */
export async function keepSetting<T extends Json>(db: Db, key: string, value: T): Promise<T> {
  await sql`insert into platform.setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do nothing`.execute(db);
  const found = await sql<{ value: T }>`select value from platform.setting where key = ${key}`.execute(db);
  return found.rows[0]?.value ?? value;
}

/** Waits until no other transaction, on any server, holds the lock of that name; it is given back at the end of this one. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`formwright ${name}`}, 0))`.execute(tx);
}
