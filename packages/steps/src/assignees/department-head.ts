import type { Assignee } from "@formwright/model";
import { departmentAndAbove } from "../organisation.ts";
import type { FindPeople } from "./way.ts";

/** The head of a named department, else of the starter's; `levelsUp` (default 0) climbs to the departments above. */
export const findDepartmentHead: FindPeople<Extract<Assignee, { type: "departmentHead" }>> = (assignee, context) => {
  const { organisation, starter } = context;
  const home = starter === null ? null : (organisation.members.get(starter)?.department ?? null);
  const chain = departmentAndAbove(organisation, assignee.department ?? home);
  const wanted = chain[assignee.levelsUp ?? 0];
  const head = wanted === undefined ? null : organisation.departments.get(wanted)?.head;
  return head ? [head] : [];
};
