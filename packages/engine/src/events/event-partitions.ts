import { sql } from "kysely";
import { DateTime } from "luxon";
import type { Db, Tx } from "../context.ts";

const MONTHS_AHEAD = 2;

/**
 * Makes the event log's partitions of this month and the next ones, where they are missing. Months that never got one
 * (a server that was off) are kept in the default partition.
 */
export async function ensureEventPartitions(db: Db | Tx, schema: string, now: string): Promise<void> {
  const found = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname like 'fw\\_event\\_2%'`.execute(db);
  const there = new Set(found.rows.map((row) => row.name));
  const first = DateTime.fromISO(now, { zone: "utc" }).startOf("month");
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
    const month = first.plus({ months: ahead });
    const name = `fw_event_${month.toFormat("yyyyMM")}`;
    if (there.has(name) || (await hasStrays(db, schema, month))) continue;
    await sql`create table if not exists ${sql.id(schema, name)} partition of ${sql.id(schema, "fw_event")}
      for values from (${sql.lit(iso(month))}) to (${sql.lit(iso(month.plus({ months: 1 })))})`.execute(db);
  }
}

async function hasStrays(db: Db | Tx, schema: string, month: DateTime): Promise<boolean> {
  const found = await sql`select 1 from ${sql.id(schema, "fw_event_default")}
    where at >= ${iso(month)}::timestamptz and at < ${iso(month.plus({ months: 1 }))}::timestamptz limit 1`.execute(db);
  return found.rows.length > 0;
}

function iso(moment: DateTime): string {
  return moment.toUTC().toISO() ?? "";
}
