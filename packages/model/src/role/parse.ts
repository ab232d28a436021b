import { parseWith } from "../common/parse-with.ts";
import type { EntityGrant, Role } from "./definition.ts";
import { ROLE_SCHEMA } from "./schema.ts";

/** Parses a role; left out, it is not an admin role and grants nothing. */
export const parseRole = parseWith<Role>({
  schema: ROLE_SCHEMA,
  complete: (role) => ({
    ...role,
    admin: role.admin ?? false,
    entities: Object.fromEntries(
      Object.entries(role.entities ?? {}).map(([key, grant]) => [key, completeGrant(grant)]),
    ),
  }),
});

function completeGrant(grant: EntityGrant): EntityGrant {
  return { ...grant, actions: grant.actions ?? {} };
}
