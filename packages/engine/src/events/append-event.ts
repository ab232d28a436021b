import type { Json, JsonObject } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { slot } from "../records/statement.ts";

/** The columns of an event, in the order of {@link eventColumns}. */
const COLUMNS = sql.raw("at, actor, actor_name, door, request_id, entity, record_id, kind, changes, data");

/**
 * `insert into fw_event … select … from <rows>`: to be put beside a change as one more part of its statement, so that
 * there is no write without its event.
 *
 * @param record SQL of the record's id; `changes` SQL of `{field: [old, new]}`
 */
export function insertEvent(
  schema: string,
  entity: string,
  record: RawBuilder<unknown>,
  changes: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into ${sql.id(schema, "fw_event")} (${COLUMNS})
    select ${slot("now", "timestamptz")}, ${slot("me", "uuid")}, ${slot("actorName", "text")}, ${slot("door", "text")},
      ${slot("requestId", "text")}, ${sql.lit(entity)}, ${record}, ${slot("eventKind", "text")}, ${changes},
      ${slot("eventData", "jsonb")} ${from}`;
}

/** The values of the named parameters of {@link insertEvent}. */
export function eventValues(ctx: Context, kind: string, data: Json | null): Record<string, unknown> {
  return {
    actorName: ctx.actor.kind === "system" ? ctx.actor.name : ctx.actor.member.name,
    door: ctx.door,
    requestId: ctx.requestId,
    eventKind: kind,
    eventData: data === null ? null : JSON.stringify(data),
  };
}

export interface NewEvent {
  readonly entity: string;
  readonly recordId: string;
  readonly kind: string;
  readonly changes?: JsonObject;
  readonly data?: JsonObject;
}

/** Writes one event that belongs to no change of a row: a comment, a decision, a ticked item. */
export async function appendEvent(tx: Tx, ctx: Context, event: NewEvent): Promise<void> {
  const actor = ctx.actor.kind === "system" ? null : ctx.actor.member.id;
  const name = ctx.actor.kind === "system" ? ctx.actor.name : ctx.actor.member.name;
  await sql`insert into ${sql.id(ctx.workspace.schema, "fw_event")} (${COLUMNS})
    values (${ctx.now}, ${actor}, ${name}, ${ctx.door}, ${ctx.requestId}, ${event.entity}, ${event.recordId},
      ${event.kind}, ${JSON.stringify(event.changes ?? {})}::jsonb,
      ${event.data ? JSON.stringify(event.data) : null}::jsonb)`.execute(tx);
}
