import type { SetRelatedStep } from "@formwright/model";
import type { StepDecider } from "../step-kind.ts";

/** Does nothing when the reference is empty or the condition does not hold. */
export const setRelatedDecider: StepDecider<SetRelatedStep> = {
  enter(step, run) {
    const target = idAt(run.record[step.reference]);
    if (target === null || !run.holds(step.when)) {
      run.note({ kind: "ran", step: step.key, effects: [] });
      return { go: "next" };
    }
    const id = run.newId();
    run.emit({ do: "setRelated", id, reference: step.reference, target, values: run.values(step.set) });
    run.note({ kind: "ran", step: step.key, effects: [id] });
    return { go: "next" };
  },
};

/** A reference is an id, or a nested record where rules walk it. */
function idAt(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const id = (value as { id?: unknown }).id;
  return typeof id === "string" ? id : null;
}
