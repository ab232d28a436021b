import type { Assignee, Step } from "@formwright/model";
import { type Rule, variablesOf } from "@formwright/rules";
import { allSteps } from "@formwright/steps";

/** Every path that steps read: in conditions, in values, in the fields that name people. */
export function pathsOfSteps(...lists: readonly (readonly Step[])[]): readonly string[] {
  const paths = lists
    .flatMap(allSteps)
    .flatMap((step) => [
      ...rulesOf(step).flatMap(variablesOf),
      ...peopleOf(step).flatMap((who) => (who.type === "memberField" ? [who.field] : [])),
    ]);
  return [...new Set(paths)];
}

function rulesOf(step: Step): readonly Rule[] {
  const set = "set" in step ? Object.values(step.set) : [];
  const paths = "paths" in step ? step.paths.flatMap((path) => (path.when === undefined ? [] : [path.when])) : [];
  const when = "when" in step && step.when !== undefined ? [step.when] : [];
  return [...set, ...paths, ...when];
}

function peopleOf(step: Step): readonly Assignee[] {
  const owner = "owner" in step && step.owner ? [step.owner] : [];
  return "who" in step ? [...step.who, ...owner] : owner;
}
