import type { Organisation, OrganisationDepartment, OrganisationMember } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";

interface MemberRow {
  id: string;
  department: string | null;
  manager: string | null;
  roles: string[] | null;
  state: string | null;
}

/** The workspace's people as step trees see them: two small queries, no copies kept. */
export async function loadOrganisation(tx: Tx, ctx: Context): Promise<Organisation> {
  const { schema } = ctx.workspace;
  const members = await sql<MemberRow>`
    select id, department, manager, roles, state from ${sql.table(`${schema}.member`)} where deleted_at is null`.execute(
    tx,
  );
  const departments = await sql<OrganisationDepartment>`
    select id, parent, head from ${sql.table(`${schema}.department`)} where deleted_at is null`.execute(tx);
  return {
    members: new Map(members.rows.map((row) => [row.id, toMember(row, ctx)])),
    departments: new Map(departments.rows.map((row) => [row.id, row])),
  };
}

function toMember({ id, department, manager, roles, state }: MemberRow, ctx: Context): OrganisationMember {
  const held = roles ?? [];
  return {
    id,
    department,
    manager,
    roles: held,
    isAdmin: held.some((role) => ctx.model.roles.get(role)?.admin),
    isActive: state !== "inactive",
  };
}
