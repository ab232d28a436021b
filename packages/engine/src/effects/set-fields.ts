import type { Json } from "@formwright/model";
import type { FieldValues } from "@formwright/steps";
import type { Context, Tx } from "../context.ts";
import { readRecordData } from "../records/read-record.ts";
import { updateRecord } from "../writes/update-record.ts";
import type { RecordInput } from "../writes/write-input.ts";
import type { ApplyEffect } from "./cause.ts";

/** Sets fields of the record itself. Values that are there already make no event, so doing it twice does it once. */
export const setFields: ApplyEffect<"setFields"> = async (tx, ctx, { values }, cause) => {
  await writeValues(tx, ctx, cause.entity, cause.recordId, values);
};

/** Writes computed values into a record; one that was deleted meanwhile is left alone. */
export async function writeValues(
  tx: Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  values: FieldValues,
): Promise<void> {
  const record = await readRecordData(tx, ctx, entityKey, id);
  if (!record || record.deleted_at) return;
  const changed = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(record[key]) !== JSON.stringify(value),
  );
  if (changed.length === 0) return;
  await updateRecord(tx, ctx, entityKey, id, toInput(ctx, entityKey, Object.fromEntries(changed)), {
    trusted: true,
    silent: true,
  });
}

/**
 * Values that steps computed, as the writer takes them. A field that was removed since the process started is left out:
 * a running process keeps its definition, and must be able to end.
 */
export function toInput(ctx: Context, entityKey: string, values: FieldValues): RecordInput {
  const fields = new Set(ctx.model.entities.get(entityKey)?.fields.map((field) => field.key));
  const known = Object.entries(values).filter(([key]) => fields.has(key));
  const owner = values.owner;
  return {
    values: Object.fromEntries(known) as { readonly [field: string]: Json },
    ...(typeof owner === "string" ? { owner } : {}),
  };
}
