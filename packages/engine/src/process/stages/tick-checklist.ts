import { Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../../context.ts";
import { appendEvent } from "../../events/append-event.ts";
import { entityOf, readRecordData } from "../../records/read-record.ts";
import { cancelTimers, setTimers, timerKey, touchRecord } from "../../timers/sync-timers.ts";
import { plannedAt, timerRulesOf } from "../../timers/timer-rules.ts";
import { inTransaction } from "../../writes/transaction.ts";
import { recordRights } from "../lock-record.ts";
import { stageFieldOf } from "./stage-flow.ts";

export interface TickInput {
  readonly isDone: boolean;
  /** Which stage field; the entity's first when absent. */
  readonly field?: string;
}

/**
 * Ticks an item of the present stage's checklist, or takes the tick back. Who and when stay with the tick and in the
 * history. The same tick twice is one.
 *
 * @throws Problem `notFound` (also for an item of another stage), `forbidden`
 */
export async function tickChecklist(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  item: string,
  { isDone, field: fieldKey }: TickInput,
): Promise<void> {
  const entity = entityOf(ctx, entityKey);
  const { field, flow } = stageFieldOf(ctx, entity, fieldKey);
  await inTransaction(db, async (tx) => {
    const rights = await recordRights(tx, ctx, entity, id, true);
    if (!rights.mayUpdate) {
      throw new Problem("forbidden", { en: "You may not change this record.", "zh-CN": "您不能修改此记录。" });
    }
    const record = (await readRecordData(tx, ctx, entityKey, id)) ?? {};
    const stage = flow.stages.find((candidate) => candidate.key === record[field.key]);
    if (!stage?.checklist.some((candidate) => candidate.key === item)) {
      throw new Problem("notFound", { en: "This stage has no such item.", "zh-CN": "当前阶段没有这个清单项。" });
    }
    const place = { entity: entityKey, recordId: id, field: field.key, stage: stage.key, item };
    if (!(await writeTick(tx, ctx, place, isDone))) return;
    await appendEvent(tx, ctx, {
      entity: entityKey,
      recordId: id,
      kind: "checklist",
      data: { field: field.key, stage: stage.key, item, done: isDone },
    });
    await touchRecord(tx, ctx, entityKey, id, record);
    const rule = timerRulesOf(ctx.model).byId.get(`checklist:${flow.key}:${stage.key}:${item}`);
    if (!rule) return;
    const due = isDone ? null : plannedAt(rule, record, ctx);
    if (due === null) await cancelTimers(tx, ctx, [timerKey(rule.id, id)]);
    else await setTimers(tx, ctx, [{ rule: rule.id, entity: entityKey, recordId: id, due }]);
  });
}

interface Place {
  readonly entity: string;
  readonly recordId: string;
  readonly field: string;
  readonly stage: string;
  readonly item: string;
}

/** False when it was so already. */
async function writeTick(tx: Tx, ctx: Context, place: Place, isDone: boolean): Promise<boolean> {
  const table = sql.id(ctx.workspace.schema, "fw_tick");
  const by = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  const { entity, recordId, field, stage, item } = place;
  const written = isDone
    ? await sql`
        insert into ${table} (entity, record_id, field, stage, item, by, at)
        values (${entity}, ${recordId}, ${field}, ${stage}, ${item}, ${by}, ${ctx.now}) on conflict do nothing`.execute(
        tx,
      )
    : await sql`
        delete from ${table} where entity = ${entity} and record_id = ${recordId} and field = ${field}
          and stage = ${stage} and item = ${item}`.execute(tx);
  return written.numAffectedRows === 1n;
}
