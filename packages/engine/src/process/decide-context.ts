import type { Entity, Step } from "@formwright/model";
import type { DecideContext } from "@formwright/steps";
import type { Context, Tx } from "../context.ts";
import { scopeOf } from "../model/rule-sql.ts";
import { loadOrganisation } from "./organisation.ts";
import { pathsOfSteps } from "./paths-of-steps.ts";
import { deriver, environmentOf, loadRuleData } from "./rule-data.ts";

export interface ForDeciding {
  readonly entity: Entity;
  readonly recordId: string;
  /** The steps that may run: their rules say which references are walked. */
  readonly steps: readonly (readonly Step[])[];
  readonly morePaths?: readonly string[];
  /** Whom `me` means in rules. */
  readonly me: string | null;
  readonly newId: () => string;
}

/** Gathers all that a decision may know, in the transaction in which it will be applied. Null: the record is gone. */
export async function loadDecideContext(tx: Tx, ctx: Context, wanted: ForDeciding): Promise<DecideContext | null> {
  const { entity, recordId } = wanted;
  const paths = [...pathsOfSteps(...wanted.steps), ...(wanted.morePaths ?? [])];
  const record = await loadRuleData(tx, ctx, entity.key, recordId, paths);
  if (!record) return null;
  const organisation = await loadOrganisation(tx, ctx);
  const department = wanted.me === null ? null : (organisation.members.get(wanted.me)?.department ?? null);
  return {
    organisation,
    record,
    environment: environmentOf(ctx, wanted.me, department),
    scope: scopeOf(ctx.model, entity),
    newId: wanted.newId,
    derive: deriver(ctx, entity),
  };
}
