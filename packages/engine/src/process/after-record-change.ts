import type { Entity, Model } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import type { RecordChange } from "../records/record-change.ts";
import { setNewTimers, syncTimers } from "../timers/sync-timers.ts";
import { type TimersOfUpdate, timersOfUpdate } from "../timers/timers-of-update.ts";
import { advanceInstance } from "./approvals/approval-run.ts";
import { assertRecordOpen, recordOpenSql } from "./approvals/assert-record-open.ts";
import { lockInstance } from "./approvals/instance-rows.ts";
import { assertAdminLeft, losesAdmin } from "./assert-admin-left.ts";
import { asSystem } from "./who.ts";

/**
 * Called by the record writer after each change, in its transaction: a record that is being approved takes no changes
 * from people, timers follow the change, people who left hand over their tasks.
 *
 * @throws Problem `conflict` when an approval holds the record, or nobody would be left to administer the workspace
 */
export async function afterRecordChange(tx: Tx, ctx: Context, change: RecordChange): Promise<void> {
  const { kind, entity, id } = change;
  const isUnderApproval = kind !== "created" && approvedEntities(ctx.model).has(entity);
  if (isUnderApproval) await assertRecordOpen(tx, ctx, entity, id);
  await syncTimers(tx, ctx, change);
  if (isUnderApproval && (kind === "deleted" || kind === "purged")) await endApprovals(tx, ctx, entity, id);
  if (entity === "member" && losesAdmin(ctx.model, change)) await assertAdminLeft(tx, ctx.workspace, ctx.model);
  if (entity === "member" && hasLeft(change)) await handOverTasks(tx, ctx, id);
}

/** What {@link afterRecordChange} does, as parts of the statement that changes a record. */
export interface WithinUpdate extends TimersOfUpdate {
  /** Holds while the record may be changed; to be asked once its row is locked. */
  isOpen(record: RawBuilder<unknown>): RawBuilder<boolean>;
}

/** Null when a change of these fields has more consequences than can be told before it is made. */
export function withinUpdate(ctx: Context, entity: Entity, id: string, fields: readonly string[]): WithinUpdate | null {
  const timers = entity.system ? null : timersOfUpdate(ctx, entity, id, fields);
  const isUnderApproval = approvedEntities(ctx.model).has(entity.key);
  return (
    timers && { ...timers, isOpen: (record) => (isUnderApproval ? recordOpenSql(ctx, entity.key, record) : sql`true`) }
  );
}

/** The same for many records of one entity that were just created. */
export async function afterRecordsCreated(tx: Tx, ctx: Context, changes: readonly RecordChange[]): Promise<void> {
  await setNewTimers(tx, ctx, changes);
}

const known = new WeakMap<Model, ReadonlySet<string>>();

function approvedEntities(model: Model): ReadonlySet<string> {
  let entities = known.get(model);
  if (!entities) {
    entities = new Set([...model.approvals.values()].map((approval) => approval.entity));
    known.set(model, entities);
  }
  return entities;
}

function hasLeft({ kind, before, after }: RecordChange): boolean {
  if (kind === "deleted") return true;
  return kind === "updated" && before?.state !== "inactive" && after?.state === "inactive";
}

async function endApprovals(tx: Tx, ctx: Context, entity: string, id: string): Promise<void> {
  const found = await sql<{ id: string }>`
    select id from ${sql.id(ctx.workspace.schema, "fw_instance")}
    where entity = ${entity} and record_id = ${id} and ended_at is null order by id`.execute(tx);
  for (const row of found.rows) {
    await advanceInstance(tx, asSystem(ctx, "record deleted", "system"), await lockInstance(tx, ctx, row.id), {
      on: "recordGone",
    });
  }
}

async function handOverTasks(tx: Tx, ctx: Context, member: string): Promise<void> {
  const found = await sql<{ instance: string }>`
    select distinct instance from ${sql.id(ctx.workspace.schema, "fw_task")}
    where assignee = ${member} and state = 'open' order by instance`.execute(tx);
  for (const { instance } of found.rows) {
    const locked = await lockInstance(tx, ctx, instance);
    await advanceInstance(tx, asSystem(ctx, "member left", "system"), locked, { on: "memberLeft", member });
  }
}
