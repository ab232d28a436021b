import type { ApplyEffect } from "./cause.ts";
import { writeValues } from "./set-fields.ts";

/** Sets fields of the record that a reference points to. */
export const setRelated: ApplyEffect<"setRelated"> = async (tx, ctx, { reference, target, values }, cause) => {
  const field = ctx.model.entities.get(cause.entity)?.fields.find((candidate) => candidate.key === reference);
  const entity = field?.options.entity;
  if (typeof entity === "string") await writeValues(tx, ctx, entity, target, values);
};
