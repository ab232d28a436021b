import type { Json } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { idOf } from "../effects/effect-ids.ts";
import { addJobs, type NewJob } from "../jobs/job-rows.ts";
import { type LoggedChange, triggeredBy } from "./triggers.ts";

const CONSUMER = "automations";

interface Row {
  xid: string;
  seq: number;
  entity: string;
  record_id: string;
  kind: string;
  door: string;
  request_id: string | null;
  changes: { readonly [field: string]: readonly [Json, Json] };
  data: { readonly [key: string]: Json } | null;
}

/**
 * Reads the event log on from where it was, and writes a job for each automation that an event sets off. Position and
 * jobs commit together; a job's id comes from automation and event, so an event that is read again adds nothing.
 * Reads only below the oldest transaction still running: one that commits late is not passed over.
 *
 * @returns how many events were read; call again while it equals `limit`
 */
export async function consumeEvents(db: Db, ctx: Context, options: { readonly limit: number }): Promise<number> {
  if (ctx.model.automations.size === 0 && (await isAtEnd(db, ctx))) return 0;
  return db.transaction().execute(async (tx) => {
    const { schema } = ctx.workspace;
    const position = await lockPosition(tx, ctx);
    if (!position) return 0;
    const found = await sql<Row>`
      select xid::text as xid, seq, entity, record_id, kind, door, request_id, changes, data
      from ${sql.id(schema, "fw_event")} event
      where (event.xid, event.seq) > (${position.xid}::text::xid8, ${position.seq}::bigint)
        and event.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by event.xid, event.seq limit ${options.limit}`.execute(tx);
    const jobs = found.rows.flatMap((row) => runsFor(ctx, toChange(row)));
    await addJobs(tx, ctx, jobs);
    const last = found.rows.at(-1);
    if (last) {
      await sql`
        update ${sql.id(schema, "fw_consumer")} set xid = ${last.xid}::text::xid8, seq = ${last.seq}, updated_at = ${ctx.now}
        where name = ${CONSUMER}`.execute(tx);
    }
    return found.rows.length;
  });
}

function runsFor(ctx: Context, change: LoggedChange): readonly NewJob[] {
  return triggeredBy(ctx.model, change).map((automation) => ({
    id: idOf("automation", automation.key, change.seq),
    kind: "automation",
    payload: {
      automation: automation.key,
      event: change.seq,
      on: automation.trigger.on,
      entity: change.entity,
      record: change.recordId,
      request: change.requestId,
    },
    runAt: ctx.now,
  }));
}

/** Null when another server is reading at this moment. */
async function lockPosition(tx: Tx, ctx: Context): Promise<{ xid: string; seq: number } | null> {
  const table = sql.id(ctx.workspace.schema, "fw_consumer");
  await sql`insert into ${table} (name) values (${CONSUMER}) on conflict (name) do nothing`.execute(tx);
  const found = await sql<{ xid: string; seq: number }>`
    select xid::text as xid, seq from ${table} where name = ${CONSUMER} for update skip locked`.execute(tx);
  return found.rows[0] ?? null;
}

/** True when there is nothing to read: spares a workspace without automations the transaction. */
async function isAtEnd(db: Db, ctx: Context): Promise<boolean> {
  const { schema } = ctx.workspace;
  const found = await sql<{ is_at_end: boolean }>`
    select not exists (
      select 1 from ${sql.id(schema, "fw_event")} event
      left join ${sql.id(schema, "fw_consumer")} c on c.name = ${CONSUMER}
      where (event.xid, event.seq) > (coalesce(c.xid, '0'::xid8), coalesce(c.seq, 0))) as is_at_end`.execute(db);
  return found.rows[0]?.is_at_end ?? true;
}

function toChange(row: Row): LoggedChange {
  const { seq, entity, kind, door, changes, data } = row;
  return { seq, entity, kind, door, changes, data, recordId: row.record_id, requestId: row.request_id };
}
