import type { CreateRecordStep } from "@formwright/model";
import type { StepDecider } from "../step-kind.ts";

/** The new record's id is the effect's id, so creating it twice cannot be. */
export const createRecordDecider: StepDecider<CreateRecordStep> = {
  enter(step, run) {
    const id = run.newId();
    const owner = step.owner ? (run.find([step.owner])[0] ?? run.people.owner) : run.people.owner;
    run.emit({ do: "createRecord", id, entity: step.entity, values: run.values(step.set), owner });
    run.note({ kind: "ran", step: step.key, effects: [id] });
    return { go: "next" };
  },
};
