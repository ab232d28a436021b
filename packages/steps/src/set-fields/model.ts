import type { SetFieldsStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const setFieldsModel: StepModel<SetFieldsStep> = {
  type: "setFields",
  label: { en: "Set fields", "zh-CN": "更新字段" },
  help: { en: "Changes fields of this record.", "zh-CN": "修改本记录的字段。" },
  icon: "edit",
  isForPeople: false,
  blank: (key) => ({ type: "setFields", key, label: { en: "Set fields", "zh-CN": "更新字段" }, set: {} }),
  inner: () => [],
};
