import type { ApproveStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const approveModel: StepModel<ApproveStep> = {
  type: "approve",
  label: { en: "Approve", "zh-CN": "审批" },
  help: { en: "People decide: any, all, or one after the other.", "zh-CN": "由人员审批：或签、会签或依次审批。" },
  icon: "check",
  isForPeople: true,
  blank: (key) => ({
    type: "approve",
    key,
    label: { en: "Approve", "zh-CN": "审批" },
    who: [{ type: "manager", of: "starter" }],
    mode: "any",
    onNobody: "toAdmin",
    onStarter: "toManager",
    allow: ["return", "comment"],
    requireComment: ["reject", "return"],
  }),
  inner: () => [],
};
