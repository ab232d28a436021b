import type { BranchStep } from "@formwright/model";
import type { StepDecider } from "../step-kind.ts";

/** The first path whose rule holds; a path without a rule always does. None: straight on. */
export const branchDecider: StepDecider<BranchStep> = {
  enter(step, run) {
    const taken = step.paths.find((path) => run.holds(path.when));
    if (!taken) return { go: "next" };
    run.note({ kind: "pathTaken", step: step.key, path: taken.key });
    return { go: "into", steps: taken.steps };
  },
};
