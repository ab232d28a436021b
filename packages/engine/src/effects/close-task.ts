import { sql } from "kysely";
import type { ApplyEffect } from "./cause.ts";

/** Closes a task that is open; one that is closed stays as it was closed. */
export const closeTask: ApplyEffect<"closeTask"> = async (tx, ctx, { id, result }) => {
  const decided = result.is === "decided" ? result : null;
  const why = result.is === "closed" ? result.why : null;
  await sql`
    update ${sql.id(ctx.workspace.schema, "fw_task")}
    set state = ${result.is}, decision = ${decided?.decision ?? null}, decided_by = ${decided?.by ?? null},
      comment = ${decided?.comment ?? null}, why = ${why}, closed_at = ${ctx.now}, version = version + 1
    where id = ${id} and state = 'open'`.execute(tx);
};
