import type { CreateRecordStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const createRecordModel: StepModel<CreateRecordStep> = {
  type: "createRecord",
  label: { en: "Create record", "zh-CN": "新建记录" },
  help: {
    en: "Creates a record of another entity, filled from this one.",
    "zh-CN": "用本记录的数据新建另一种记录。",
  },
  icon: "plus",
  isForPeople: false,
  blank: (key) => ({
    type: "createRecord",
    key,
    label: { en: "Create record", "zh-CN": "新建记录" },
    entity: "",
    set: {},
  }),
  inner: () => [],
};
