import { sql } from "kysely";
import { forgetMembers } from "../access/member-cache.ts";
import type { Context, Tx } from "../context.ts";

/** People, departments and roles changed: what is remembered of them is asked anew, here and on every other server. */
export async function membersChanged(tx: Tx, ctx: Context): Promise<void> {
  forgetMembers(ctx.workspace.id);
  const payload = JSON.stringify({ type: "members", workspace: ctx.workspace.id });
  await sql`select pg_notify('formwright', ${payload})`.execute(tx);
}
