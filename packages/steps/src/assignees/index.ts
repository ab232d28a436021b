import type { Assignee } from "@formwright/model";
import { activeInPlaceOf } from "../organisation.ts";
import { findDepartmentHead } from "./department-head.ts";
import { findManager } from "./manager.ts";
import { findMemberField } from "./member-field.ts";
import { findMembers } from "./members.ts";
import { findRole } from "./role.ts";
import type { FindPeople, PeopleContext } from "./way.ts";

export type { FindPeople, PeopleContext } from "./way.ts";

type Ways = { readonly [T in Assignee["type"]]: FindPeople<Extract<Assignee, { type: T }>> };

/** Every way to find people. A new one is a file here and a line in this table. */
export const ASSIGNEE_WAYS = {
  members: findMembers,
  role: findRole,
  departmentHead: findDepartmentHead,
  manager: findManager,
  memberField: findMemberField,
} satisfies Ways;

/**
 * The people that a step asks: each once, in order, leavers replaced by the first active manager above them.
 * Empty when nobody is found.
 */
export function findPeople(who: readonly Assignee[], context: PeopleContext): readonly string[] {
  const found = who.flatMap((assignee) => {
    const find = ASSIGNEE_WAYS[assignee.type] as FindPeople<Assignee> | undefined;
    return find ? find(assignee, context) : [];
  });
  const active = found.map((id) => activeInPlaceOf(context.organisation, id)).filter((id) => id !== null);
  return [...new Set(active)];
}
