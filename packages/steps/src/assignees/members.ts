import type { Assignee } from "@formwright/model";
import type { FindPeople } from "./way.ts";

/** The people named in the definition. */
export const findMembers: FindPeople<Extract<Assignee, { type: "members" }>> = (assignee) => assignee.members;
