import type { LocalText } from "@formwright/model";
import type { Outcome } from "@formwright/steps";
import { notifyMembers } from "../notifications/notify.ts";
import type { ApplyEffect } from "./cause.ts";

/** Tells the starter how it ended. What the outcome sets in motion is in effects of its own. */
export const endInstance: ApplyEffect<"endInstance"> = async (tx, ctx, { id, outcome }, cause) => {
  if (cause.by.is !== "approval" || outcome === "withdrawn") return; // the starter withdrew it themselves
  if (cause.by.isStarting) return; // nobody had to be asked
  await notifyMembers(tx, ctx, {
    cause: id,
    kind: "approval",
    members: [cause.by.starter],
    title: {
      en: `${WORDS[outcome].en}: ${cause.label.en ?? ""} — {title}`,
      "zh-CN": `${WORDS[outcome]["zh-CN"]}：${cause.label["zh-CN"] ?? cause.label.en ?? ""} — {title}`,
    },
    link: { entity: cause.entity, recordId: cause.recordId },
    channels: ["inbox", "email"],
  });
};

const WORDS = {
  approved: { en: "Approved", "zh-CN": "审批已通过" },
  rejected: { en: "Rejected", "zh-CN": "审批被驳回" },
  withdrawn: { en: "Withdrawn", "zh-CN": "审批已撤回" },
  ended: { en: "Ended by an admin", "zh-CN": "审批被管理员终止" },
} as const satisfies Record<Outcome, LocalText>;
