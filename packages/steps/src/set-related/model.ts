import type { SetRelatedStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const setRelatedModel: StepModel<SetRelatedStep> = {
  type: "setRelated",
  label: { en: "Set fields of a related record", "zh-CN": "更新关联记录" },
  help: {
    en: "Changes fields of the record that a reference points to.",
    "zh-CN": "修改引用字段所指记录的字段。",
  },
  icon: "link",
  isForPeople: false,
  blank: (key) => ({
    type: "setRelated",
    key,
    label: { en: "Set fields of a related record", "zh-CN": "更新关联记录" },
    reference: "",
    set: {},
  }),
  inner: () => [],
};
