import type { SetFieldsStep } from "@formwright/model";
import type { StepDecider } from "../step-kind.ts";

/** All values are computed on the record as it was before the step: their order does not matter. */
export const setFieldsDecider: StepDecider<SetFieldsStep> = {
  enter(step, run) {
    const id = run.newId();
    const values = run.values(step.set);
    run.emit({ do: "setFields", id, values });
    run.overlay(values);
    run.note({ kind: "ran", step: step.key, effects: [id] });
    return { go: "next" };
  },
};
