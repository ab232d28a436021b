import { Problem } from "@formwright/model";
import type { ApprovalEvent } from "@formwright/steps";
import type { Context, Db, Tx } from "../../context.ts";
import { isUuid } from "../../records/read-record.ts";
import { inTransaction } from "../../writes/transaction.ts";
import { withNames } from "../names.ts";
import { memberOf } from "../who.ts";
import type { ActionResult } from "./act-on-task.ts";
import { advanceInstance } from "./approval-run.ts";
import { lockInstance } from "./instance-rows.ts";
import { assertMayRead } from "./read-approval.ts";

export type ApprovalActionName = "withdraw" | "resubmit" | "comment" | "reassign" | "end";

export interface ApprovalActionInput {
  readonly comment?: string;
  /** For `reassign`. */
  readonly task?: string;
  readonly members?: readonly string[];
}

/**
 * Does something with a whole approval: the starter withdraws or resubmits it, whoever may read it comments, an admin
 * reassigns a task or ends it.
 *
 * @throws Problem `notFound`, `forbidden`, `conflict`, `invalid`
 */
export async function actOnApproval(
  db: Db | Tx,
  ctx: Context,
  instanceId: string,
  action: ApprovalActionName,
  input: ApprovalActionInput = {},
): Promise<ActionResult> {
  const by = memberOf(ctx).id;
  if (!isUuid(instanceId))
    throw new Problem("notFound", { en: "There is no such approval.", "zh-CN": "没有这个审批。" });
  return inTransaction(db, async (tx) => {
    const instance = await lockInstance(tx, ctx, instanceId);
    await assertMayRead(tx, ctx, instance);
    const event = EVENTS[action](by, input);
    const next = await withNames(tx, ctx, () => advanceInstance(tx, { ...ctx, door: "approval" }, instance, event));
    return { instance: instance.id, state: next.state.is === "ended" ? next.state.outcome : next.state.is };
  });
}

const EVENTS: {
  readonly [A in ApprovalActionName]: (by: string, input: ApprovalActionInput) => ApprovalEvent;
} = {
  withdraw: (by, input) => ({ on: "withdraw", by, ...said(input) }),
  resubmit: (by, input) => ({ on: "resubmit", by, ...said(input) }),
  comment: (by, input) => ({ on: "comment", by, comment: input.comment ?? "" }),
  reassign: (by, input) => ({ on: "reassign", by, task: input.task ?? "", to: input.members ?? [], ...said(input) }),
  end: (by, input) => ({ on: "end", by, ...said(input) }),
};

function said({ comment }: ApprovalActionInput): { readonly comment?: string } {
  return comment ? { comment } : {};
}
