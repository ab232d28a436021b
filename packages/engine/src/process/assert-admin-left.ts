import { type Model, Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Tx, Workspace } from "../context.ts";
import type { RecordChange, RecordData } from "../records/record-change.ts";

/** Whether a change takes from a member what made them an active admin. */
export function losesAdmin(model: Model, { before, after }: RecordChange): boolean {
  return isActiveAdmin(model, before) && !isActiveAdmin(model, after);
}

function isActiveAdmin(model: Model, member: RecordData | null): boolean {
  if (!member || member.deleted_at || member.state === "inactive") return false;
  const roles = Array.isArray(member.roles) ? member.roles : [];
  return roles.some((role) => model.roles.get(String(role))?.admin === true);
}

/**
 * A workspace in which nobody is an admin could never be changed again, not even by naming one. Two admins who take it
 * from each other at the same moment are looked at one after the other.
 *
 * @throws Problem `conflict` when no active admin is left
 */
export async function assertAdminLeft(tx: Tx, workspace: Workspace, model: Model): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`formwright admins ${workspace.id}`}, 0))`.execute(tx);
  const roles = [...model.roles.values()].filter((role) => role.admin).map((role) => role.key);
  const found = await sql`
    select 1 from ${sql.id(workspace.schema, "member")}
    where roles && ${roles}::text[] and deleted_at is null and state is distinct from 'inactive' limit 1`.execute(tx);
  if (found.rows.length > 0) return;
  throw new Problem(
    "conflict",
    {
      en: "Nobody would be left who administers this workspace. Make somebody else an admin first.",
      "zh-CN": "该工作区将没有任何管理员。请先指定其他管理员。",
    },
    { extra: { reason: "lastAdmin" } },
  );
}
