import type { Outcome } from "@formwright/steps";
import type { Context, Tx } from "../../context.ts";
import { idOf } from "../../effects/effect-ids.ts";
import { appendEvent } from "../../events/append-event.ts";
import { notifyMembers } from "../../notifications/notify.ts";
import { moveApproved } from "../stages/move-record.ts";
import { asSystem } from "../who.ts";
import type { Instance } from "./instance-rows.ts";

/**
 * The move that waited for an approval: made when it said yes and the record is still fit for it. Otherwise the record
 * stays where it is, and the starter is told why.
 */
export async function finishTransition(tx: Tx, ctx: Context, instance: Instance, outcome: Outcome): Promise<void> {
  const { transition, entity, recordId } = instance;
  if (!transition || outcome !== "approved") return;
  const system = asSystem(ctx, `approval ${instance.approval}`, "approval");
  const refused = await moveApproved(tx, system, entity, recordId, transition);
  if (!refused) return;
  const missing = refused.is === "missing" ? refused.missing.map(({ message }) => message) : [];
  const words = refused.is === "refused" ? [refused.message] : missing;
  await appendEvent(tx, ctx, {
    entity,
    recordId,
    kind: "approval",
    data: { instance: instance.id, on: "notMoved", to: transition.to, missing: words.map((text) => ({ ...text })) },
  });
  await notifyMembers(tx, system, {
    cause: idOf("notMoved", instance.id),
    kind: "approval",
    members: [instance.starter],
    title: { en: "Approved, but the record could not move — {title}", "zh-CN": "审批已通过，但记录未能流转 — {title}" },
    body: { en: words.map((text) => text.en).join("\n"), "zh-CN": words.map((text) => text["zh-CN"]).join("\n") },
    link: { entity, recordId },
    channels: ["inbox"],
  });
}
