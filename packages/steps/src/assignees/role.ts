import type { Assignee } from "@formwright/model";
import { departmentAndAbove } from "../organisation.ts";
import type { FindPeople } from "./way.ts";

/**
 * Everybody with a role, ordered by id so that a sequence is the same each time. `department`: those of the starter's
 * department. `departmentTree`: those whose department is the starter's or stands above it.
 */
export const findRole: FindPeople<Extract<Assignee, { type: "role" }>> = (assignee, { organisation, starter }) => {
  const home = starter === null ? null : (organisation.members.get(starter)?.department ?? null);
  const departments = {
    all: null,
    department: home === null ? [] : [home],
    departmentTree: departmentAndAbove(organisation, home),
  }[assignee.within ?? "all"];
  return [...organisation.members.values()]
    .filter((member) => member.isActive && member.roles.includes(assignee.role))
    .filter((member) => !departments || (member.department !== null && departments.includes(member.department)))
    .map((member) => member.id)
    .sort();
};
