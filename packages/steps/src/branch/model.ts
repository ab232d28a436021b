import type { BranchStep } from "@formwright/model";
import type { StepModel } from "../step-kind.ts";

export const branchModel: StepModel<BranchStep> = {
  type: "branch",
  label: { en: "Branch", "zh-CN": "条件分支" },
  help: { en: "Takes the first path whose condition holds.", "zh-CN": "走第一条满足条件的路径。" },
  icon: "branch",
  isForPeople: false,
  blank: (key) => ({
    type: "branch",
    key,
    label: { en: "Branch", "zh-CN": "条件分支" },
    paths: [
      { key: `${key}_if`, label: { en: "If", "zh-CN": "如果" }, when: true, steps: [] },
      { key: `${key}_else`, label: { en: "Otherwise", "zh-CN": "否则" }, steps: [] },
    ],
  }),
  inner: (step) => step.paths.map((path) => path.steps),
};
