import type { LocalText } from "@formwright/model";
import type { TaskPurpose } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { notifyMembers } from "../notifications/notify.ts";
import type { ApplyEffect } from "./cause.ts";

/** A task row, and word to the person who has it; a task for the admins goes to each of them. */
export const openTask: ApplyEffect<"openTask"> = async (tx, ctx, effect, cause) => {
  if (cause.by.is !== "approval") throw new Error("only approvals open tasks");
  const { id, step, purpose, assignee, round } = effect;
  const added = await sql`
    insert into ${sql.id(ctx.workspace.schema, "fw_task")}
      (id, instance, entity, record_id, step, purpose, assignee, round, state, opened_at)
    values (${id}, ${cause.by.instance}, ${cause.entity}, ${cause.recordId}, ${step}, ${purpose}, ${assignee}, ${round},
      'open', ${ctx.now})
    on conflict (id) do nothing`.execute(tx);
  if (added.numAffectedRows !== 1n) return;
  const label = purpose === "resubmit" ? cause.label : cause.by.stepLabel(step);
  await notifyMembers(tx, ctx, {
    cause: id,
    kind: "task",
    members: assignee === null ? await admins(tx, ctx) : [assignee],
    title: TITLES[purpose](cause.label, label),
    link: { entity: cause.entity, recordId: cause.recordId, taskId: id },
    channels: ["inbox", "email"],
  });
};

type Title = (approval: LocalText, step: LocalText) => LocalText;

const TITLES: { readonly [P in TaskPurpose]: Title } = {
  decide: (approval, step) => ({
    en: `Please decide: ${approval.en ?? ""} · ${step.en ?? ""} — {title}`,
    "zh-CN": `待审批：${zh(approval)} · ${zh(step)} — {title}`,
  }),
  resubmit: (approval) => ({
    en: `Returned to you: ${approval.en ?? ""} — {title}`,
    "zh-CN": `已退回给您：${zh(approval)} — {title}`,
  }),
  assign: (approval, step) => ({
    en: `Nobody was found for ${approval.en ?? ""} · ${step.en ?? ""}. Please name somebody — {title}`,
    "zh-CN": `${zh(approval)} · ${zh(step)} 找不到审批人，请指定 — {title}`,
  }),
};

function zh(text: LocalText): string {
  return text["zh-CN"] ?? text.en ?? "";
}

async function admins(tx: Tx, ctx: Context): Promise<readonly string[]> {
  const roles = [...ctx.model.roles.values()].filter((role) => role.admin).map((role) => role.key);
  const found = await sql<{ id: string }>`
    select id from ${sql.id(ctx.workspace.schema, "member")}
    where roles && ${roles}::text[] and deleted_at is null and state is distinct from 'inactive' order by id`.execute(
    tx,
  );
  return found.rows.map((row) => row.id);
}
