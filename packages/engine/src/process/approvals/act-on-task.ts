import { Problem } from "@formwright/model";
import type { ApprovalEvent, Decision } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../../context.ts";
import { isUuid } from "../../records/read-record.ts";
import { inTransaction } from "../../writes/transaction.ts";
import { withNames } from "../names.ts";
import { memberOf } from "../who.ts";
import { advanceInstance } from "./approval-run.ts";
import { lockInstance } from "./instance-rows.ts";

export type TaskActionName = "approve" | "reject" | "return" | "comment" | "reassign" | "resubmit";

export interface TaskActionInput {
  readonly comment?: string;
  /** For `reassign`: whom to ask instead. */
  readonly members?: readonly string[];
}

/** What the instance has become. */
export interface ActionResult {
  readonly instance: string;
  /** running, blocked, returned, or the outcome. */
  readonly state: string;
}

/**
 * Does something with a task. Two people at the same moment give one outcome: the instance's row is locked first, and
 * the later one is told what happened (Problem `conflict`, `extra.happened`).
 *
 * @throws Problem `notFound`, `forbidden`, `conflict`, `invalid`
 */
export async function actOnTask(
  db: Db | Tx,
  ctx: Context,
  taskId: string,
  action: TaskActionName,
  input: TaskActionInput = {},
): Promise<ActionResult> {
  const by = memberOf(ctx).id;
  return inTransaction(db, async (tx) => {
    const instance = await lockInstance(tx, ctx, await instanceOfTask(tx, ctx, taskId));
    await sql`select 1 from ${sql.id(ctx.workspace.schema, "fw_task")} where id = ${taskId} for update`.execute(tx);
    const event = EVENTS[action](taskId, by, input);
    const next = await withNames(tx, ctx, () => advanceInstance(tx, { ...ctx, door: "approval" }, instance, event));
    return { instance: instance.id, state: next.state.is === "ended" ? next.state.outcome : next.state.is };
  });
}

type ToEvent = (task: string, by: string, input: TaskActionInput) => ApprovalEvent;

const decision =
  (what: Decision): ToEvent =>
  (task, by, { comment }) => ({ on: "decide", task, by, decision: what, ...(comment ? { comment } : {}) });

const EVENTS: { readonly [A in TaskActionName]: ToEvent } = {
  approve: decision("approve"),
  reject: decision("reject"),
  return: decision("return"),
  comment: (task, by, { comment }) => ({ on: "comment", task, by, comment: comment ?? "" }),
  reassign: (task, by, { members, comment }) => ({
    on: "reassign",
    task,
    by,
    to: members ?? [],
    ...(comment ? { comment } : {}),
  }),
  resubmit: (_task, by, { comment }) => ({ on: "resubmit", by, ...(comment ? { comment } : {}) }),
};

async function instanceOfTask(tx: Tx, ctx: Context, task: string): Promise<string> {
  const found = isUuid(task)
    ? await sql<{ instance: string }>`
        select instance from ${sql.id(ctx.workspace.schema, "fw_task")} where id = ${task}`.execute(tx)
    : null;
  const instance = found?.rows[0]?.instance;
  if (instance !== undefined) return instance;
  throw new Problem("notFound", { en: "There is no such task.", "zh-CN": "没有这个待办。" });
}
