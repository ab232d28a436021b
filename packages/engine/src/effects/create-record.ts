import { sql } from "kysely";
import type { Context } from "../context.ts";
import { createRecord } from "../writes/create-record.ts";
import type { ApplyEffect } from "./cause.ts";
import { toInput } from "./set-fields.ts";

/** Creates a record whose id is the effect's: when it is there, it was created before. */
export const createRecordEffect: ApplyEffect<"createRecord"> = async (tx, ctx, { id, entity, values, owner }) => {
  if (!ctx.model.entities.has(entity)) throw new Error(`there is no entity ${entity}`);
  const there = await sql`select 1 from ${sql.id(ctx.workspace.schema, entity)} where id = ${id}`.execute(tx);
  if (there.rows.length > 0) return;
  const input = { owner, ...toInput(ctx, entity, values) };
  await createRecord(tx, withFirstId(ctx, id), entity, input, {
    trusted: true,
    silent: true,
    warnsOfDuplicates: false,
  });
};

/** The same context, whose next id is this one. */
function withFirstId(ctx: Context, id: string): Context {
  let isUsed = false;
  return {
    ...ctx,
    newId() {
      if (isUsed) return ctx.newId();
      isUsed = true;
      return id;
    },
  };
}
