import { sql } from "kysely";
import type { Db } from "../context.ts";

/** A place in the event log: everything before it was seen. */
export interface LogPosition {
  readonly xid: string;
  readonly seq: number;
}

/** What live updates need to know of an event: never its values, since access is asked for each reader. */
export interface LoggedEvent {
  readonly xid: string;
  readonly seq: number;
  readonly entity: string;
  readonly recordId: string;
  readonly kind: string;
}

/** The place from which everything is new: what commits from now on comes after it. */
export async function logEnd(db: Db): Promise<LogPosition> {
  const found = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db);
  return { xid: found.rows[0]?.xid ?? "0", seq: -1 };
}

/**
 * Events after a place, in the order in which their transactions began. Reads only below the oldest transaction that is
 * still running, so that one which commits late is not passed over.
 */
export async function tailEvents(
  db: Db,
  schema: string,
  after: LogPosition,
  limit: number,
): Promise<readonly LoggedEvent[]> {
  const found = await sql<LoggedEvent>`
    select xid::text as xid, seq, entity, record_id as "recordId", kind from ${sql.table(`${schema}.fw_event`)}
    where (xid, seq) > (${after.xid}::text::xid8, ${after.seq}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by fw_event.xid, seq limit ${limit}`.execute(db);
  return found.rows;
}
