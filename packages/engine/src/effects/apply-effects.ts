import type { Effect, EffectKind } from "@formwright/steps";
import type { Context, Tx } from "../context.ts";
import type { ApplyEffect, Cause } from "./cause.ts";
import { closeTask } from "./close-task.ts";
import { createRecordEffect } from "./create-record.ts";
import { endInstance } from "./end-instance.ts";
import { notify } from "./notify-members.ts";
import { openTask } from "./open-task.ts";
import { setFields } from "./set-fields.ts";
import { setRelated } from "./set-related.ts";

/** Every effect that a decision can have. A new one is a file here and a line in this table. */
const EFFECTS = {
  openTask,
  closeTask,
  notify,
  setFields,
  createRecord: createRecordEffect,
  setRelated,
  endInstance,
} satisfies { readonly [K in EffectKind]: ApplyEffect<K> };

/** Applies the effects of one decision in order, in its transaction: all of them or none. `ctx` acts as the system. */
export async function applyEffects(tx: Tx, ctx: Context, effects: readonly Effect[], cause: Cause): Promise<void> {
  for (const effect of effects) {
    const apply = EFFECTS[effect.do] as ApplyEffect<EffectKind>;
    await apply(tx, ctx, effect, cause);
  }
}
