import type { NotifyStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const notifyModel: StepModel<NotifyStep> = {
  type: "notify",
  label: { en: "Notify", "zh-CN": "抄送通知" },
  help: { en: "Tells people, and goes on at once.", "zh-CN": "通知相关人员，不等待。" },
  icon: "bell",
  isForPeople: false,
  blank: (key) => ({
    type: "notify",
    key,
    label: { en: "Notify", "zh-CN": "抄送通知" },
    who: [],
    title: { en: "", "zh-CN": "" },
    channels: ["inbox"],
  }),
  inner: () => [],
};
