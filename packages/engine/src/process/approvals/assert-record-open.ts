import { Problem } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context, Db } from "../../context.ts";

/**
 * Refuses a change of a record by a person while an approval runs on it, unless the approval leaves the record open.
 * The platform itself (the approval's own steps, automations) passes.
 *
 * @throws Problem `conflict` with the approval in `extra.approval`
 */
export async function assertRecordOpen(db: Db, ctx: Context, entity: string, recordId: string): Promise<void> {
  if (passesApprovals(ctx)) return;
  const found = await sql<{ id: string; approval: string }>`
    select id, approval from ${sql.id(ctx.workspace.schema, "fw_instance")}
    where entity = ${entity} and record_id = ${recordId} and ended_at is null and word in ('running', 'blocked')
      and (definition->>'keepsRecordOpen')::boolean is not true limit 1`.execute(db);
  const [running] = found.rows;
  if (!running) return;
  throw new Problem(
    "conflict",
    {
      en: "An approval is running on this record. It can be changed again when the approval ends or is returned.",
      "zh-CN": "该记录正在审批中，审批结束或退回后方可修改。",
    },
    { extra: { reason: "lockedByApproval", approval: running.id } },
  );
}

/** SQL that holds while no approval keeps this caller from changing the record; for statements that have its row locked. */
export function recordOpenSql(ctx: Context, entity: string, record: RawBuilder<unknown>): RawBuilder<boolean> {
  if (passesApprovals(ctx)) return sql<boolean>`true`;
  return sql<boolean>`not ${sql.id(ctx.workspace.schema, "fw_is_held")}(${sql.lit(entity)}, ${record})`;
}

function passesApprovals(ctx: Context): boolean {
  return ctx.actor.kind === "system" || ctx.door === "approval" || ctx.model.approvals.size === 0;
}
