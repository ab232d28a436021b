import type { NotifyStep } from "@formwright/model";
import type { StepDecider } from "../step-kind.ts";

/** Nobody found is no error: there is nobody to tell, and the log says so. */
export const notifyDecider: StepDecider<NotifyStep> = {
  enter(step, run) {
    const members = run.find(step.who);
    if (members.length === 0) {
      run.note({ kind: "skipped", step: step.key, why: "nobody", members: [] });
      return { go: "next" };
    }
    const id = run.newId();
    const { title, body, channels = ["inbox"] } = step;
    run.emit({ do: "notify", id, members, title, ...(body && { body }), channels });
    run.note({ kind: "ran", step: step.key, effects: [id] });
    return { go: "next" };
  },
};
