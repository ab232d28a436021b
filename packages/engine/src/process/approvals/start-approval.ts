import { type Approval, Problem } from "@formwright/model";
import { evaluate, variablesOf } from "@formwright/rules";
import type { Context, Db, Tx } from "../../context.ts";
import { scopeOf } from "../../model/rule-sql.ts";
import { entityOf } from "../../records/read-record.ts";
import { inTransaction } from "../../writes/transaction.ts";
import { recordRights } from "../lock-record.ts";
import { environmentOf, loadRuleData } from "../rule-data.ts";
import { memberOf } from "../who.ts";
import { beginInstance } from "./approval-run.ts";
import type { Instance, PendingTransition } from "./instance-rows.ts";

/**
 * Starts an approval by hand.
 *
 * @returns the new instance's id
 * @throws Problem `notFound`, `forbidden`, `conflict` (already running, its condition fails, nobody to ask)
 */
export async function startApproval(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  recordId: string,
  approvalKey: string,
  input: { readonly comment?: string } = {},
): Promise<string> {
  const entity = entityOf(ctx, entityKey);
  const definition = definitionOf(ctx, approvalKey, entityKey);
  const { start } = definition;
  if (start.on !== "manual")
    throw refuseStart("Only a move between stages starts this approval.", "该审批只能由阶段流转发起。");
  return inTransaction(db, async (tx) => {
    const { mayUpdate } = await recordRights(tx, ctx, entity, recordId, true);
    const member = memberOf(ctx);
    const isAllowed = start.roles.length === 0 ? mayUpdate : start.roles.some((role) => member.roles.includes(role));
    if (!isAllowed && !member.isAdmin) {
      throw new Problem("forbidden", { en: "Your roles may not start this.", "zh-CN": "您的角色无权发起该审批。" });
    }
    if (start.when !== undefined) {
      const record = await loadRuleData(tx, ctx, entityKey, recordId, variablesOf(start.when));
      const environment = environmentOf(ctx, member.id, member.department);
      if (!record || evaluate(start.when, record, environment, scopeOf(ctx.model, entity)) !== true) {
        throw refuseStart("The record does not meet the condition of this approval.", "该记录不满足此审批的发起条件。");
      }
    }
    const instance = await begin(tx, ctx, definition, entityKey, recordId, null, input.comment);
    return instance.id;
  });
}

/** Starts the approval that a transition asks for. */
export async function startForTransition(
  tx: Tx,
  ctx: Context,
  wanted: {
    readonly approval: string;
    readonly entity: string;
    readonly recordId: string;
    readonly pending: PendingTransition;
  },
): Promise<Instance> {
  const definition = definitionOf(ctx, wanted.approval, wanted.entity);
  const comment = wanted.pending.comment ?? undefined;
  return begin(tx, ctx, definition, wanted.entity, wanted.recordId, wanted.pending, comment);
}

async function begin(
  tx: Tx,
  ctx: Context,
  definition: Approval,
  entity: string,
  recordId: string,
  transition: PendingTransition | null,
  comment: string | undefined,
): Promise<Instance> {
  const starter = memberOf(ctx).id;
  const instance = {
    id: ctx.newId(),
    approval: definition.key,
    release: ctx.model.release,
    definition,
    entity,
    recordId,
    transition,
    starter,
    startedAt: ctx.now,
    version: 1,
  };
  return beginInstance(tx, ctx, instance, { on: "start", by: starter, ...(comment ? { comment } : {}) });
}

function definitionOf(ctx: Context, key: string, entity: string): Approval {
  const definition = ctx.model.approvals.get(key);
  if (definition?.entity === entity) return definition;
  throw new Problem("notFound", { en: "There is no such approval.", "zh-CN": "没有这个审批。" });
}

function refuseStart(en: string, zh: string): Problem {
  return new Problem("conflict", { en, "zh-CN": zh });
}
