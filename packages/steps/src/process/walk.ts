import type { Step } from "@formwright/model";
import { deciderOf } from "../step-deciders.ts";
import { allSteps, innerSteps, STEP_MODELS } from "../step-models.ts";
import type { Run } from "./run.ts";

export type Walked = "through" | "waiting";

/** Enters step after step until one waits for people. Ends, because a tree has no way back. */
export function walk(steps: readonly Step[], run: Run): Walked {
  for (const step of steps) {
    const entered = deciderOf(step).enter(step, run);
    if (entered.go === "wait") return "waiting";
    if (entered.go === "into" && walk(entered.steps, run) === "waiting") return "waiting";
  }
  return "through";
}

/**
 * Runs steps that wait for nobody: at the start and the end of an approval, and in automations.
 *
 * @throws Error when one waits for people: such a definition cannot be published
 */
export function walkThrough(steps: readonly Step[], run: Run): void {
  const forPeople = allSteps(steps).find((step) => STEP_MODELS[step.type]?.isForPeople ?? true);
  if (forPeople) throw new Error(`step ${forPeople.key} waits for people, which nobody can do here`);
  walk(steps, run);
}

/** Goes on after a step that waited: the rest of its sequence, then of the sequences around it. */
export function walkAfter(steps: readonly Step[], key: string, run: Run): Walked {
  for (const rest of restAfter(steps, key) ?? []) {
    if (walk(rest, run) === "waiting") return "waiting";
  }
  return "through";
}

/** The step with this key anywhere in the tree. */
export function stepByKey(steps: readonly Step[], key: string): Step | null {
  for (const step of steps) {
    if (step.key === key) return step;
    for (const inner of innerSteps(step)) {
      const found = stepByKey(inner, key);
      if (found) return found;
    }
  }
  return null;
}

/** What follows a step, innermost sequence first; null when the step is not in the tree. */
function restAfter(steps: readonly Step[], key: string): readonly (readonly Step[])[] | null {
  for (const [index, step] of steps.entries()) {
    const after = steps.slice(index + 1);
    if (step.key === key) return [after];
    for (const inner of innerSteps(step)) {
      const rest = restAfter(inner, key);
      if (rest) return [...rest, after];
    }
  }
  return null;
}
