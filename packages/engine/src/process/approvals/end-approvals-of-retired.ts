import type { Model } from "@formwright/model";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Context, Tx } from "../../context.ts";
import { advanceInstance } from "./approval-run.ts";
import { lockInstance } from "./instance-rows.ts";

/**
 * Ends the approvals that run on records of entities which a release takes away: nobody could decide them any more, and
 * their tasks would wait for ever.
 */
export async function endApprovalsOfRetired(
  tx: Tx,
  { workspace, now }: Pick<Context, "workspace" | "now">,
  live: Model | null,
  next: Model,
): Promise<void> {
  const retired = [...(live?.entities.keys() ?? [])].filter((key) => !next.entities.has(key));
  if (retired.length === 0) return;
  const found = await sql<{ id: string }>`
    select id from ${sql.id(workspace.schema, "fw_instance")}
    where entity = any(${retired}::text[]) and ended_at is null order by id`.execute(tx);
  const ctx: Context = {
    workspace,
    model: next,
    actor: { kind: "system", name: "entity retired" },
    door: "system",
    requestId: uuidv7(),
    locale: workspace.locale,
    timeZone: workspace.timeZone,
    now,
    newId: uuidv7,
  };
  for (const { id } of found.rows)
    await advanceInstance(tx, ctx, await lockInstance(tx, ctx, id), { on: "recordGone" });
}
