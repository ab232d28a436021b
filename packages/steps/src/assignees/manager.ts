import type { Assignee } from "@formwright/model";
import type { FindPeople } from "./way.ts";

/** The manager of the starter or owner. `levelsUp` counts managers: 1 (default) is the direct one, 2 that one's manager. */
export const findManager: FindPeople<Extract<Assignee, { type: "manager" }>> = (assignee, context) => {
  const { organisation, starter, owner } = context;
  let person = assignee.of === "owner" ? owner : starter;
  for (let level = 0; level < Math.max(1, assignee.levelsUp ?? 1); level++) {
    if (person === null) return [];
    person = organisation.members.get(person)?.manager ?? null;
  }
  return person === null ? [] : [person];
};
