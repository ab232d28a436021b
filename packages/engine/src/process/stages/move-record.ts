import { type Entity, type JsonObject, Problem } from "@formwright/model";
import { decideMove, type MoveDecided } from "@formwright/steps";
import type { Context, Tx } from "../../context.ts";
import { entityOf, readRecordData } from "../../records/read-record.ts";
import type { RecordData } from "../../records/record-change.ts";
import { updateRecord } from "../../writes/update-record.ts";
import { deriver, flatValues, withReferences } from "../rule-data.ts";
import { moveContext, moverOf, pathsOfFlow, readTicks, type StageField, stageFieldOf } from "./stage-flow.ts";

/** Looks again whether an approved move is still possible, and makes it. Null when it was made. */
export async function moveApproved(
  tx: Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  move: { readonly field: string; readonly to: string; readonly comment: string | null },
): Promise<MoveDecided | null> {
  const entity = entityOf(ctx, entityKey);
  const stage = findStage(ctx, entity, move.field);
  if ("is" in stage) return stage;
  const input = { to: move.to, comment: move.comment ?? "" };
  const { decided, record } = await decideOnRecord(tx, ctx, entity, id, stage, input, {}, true, true);
  const effect = decided.is === "moved" ? decided.effects[0] : undefined;
  if (record.deleted_at || effect?.do !== "moveStage") return decided;
  const { from, to, seconds, comment } = effect;
  const event = { kind: "moved", data: { field: stage.field.key, from, to, seconds, comment } };
  const options = { trusted: true, silent: true, event };
  await updateRecord(tx, ctx, entityKey, id, { values: effect.values as JsonObject }, options);
  return null;
}

/** The flow may have been taken away while the approval ran: then there is nothing to move on, which is no failure. */
function findStage(ctx: Context, entity: Entity, field: string): StageField | Extract<MoveDecided, { is: "refused" }> {
  try {
    return stageFieldOf(ctx, entity, field);
  } catch (error) {
    if (error instanceof Problem) return { is: "refused", code: "noTransition", message: error.detail };
    throw error;
  }
}

/** Decides a move of a record as it would be with the values of a dialog. */
export async function decideOnRecord(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  { field, flow }: StageField,
  input: { readonly to: string; readonly comment?: string },
  values: JsonObject,
  mayUpdate: boolean,
  isApproved = false,
): Promise<{ decided: MoveDecided; record: RecordData }> {
  const record = (await readRecordData(tx, ctx, entity.key, id)) ?? {};
  const state = stageState(record, field.key);
  const wanted = { ...record, ...flatValues(entity, values) };
  const next = deriver(ctx, entity)(await withReferences(tx, ctx, entity, wanted, pathsOfFlow(flow)));
  const ticks = await readTicks(tx, ctx, entity.key, id, field.key, state.stage);
  const context = moveContext(ctx, entity, next, ticks, moverOf(ctx, mayUpdate));
  const event = { to: input.to, isApproved, ...(input.comment ? { comment: input.comment } : {}) };
  return { decided: decideMove(flow, state, event, context), record };
}

export function stageState(record: RecordData, field: string) {
  const stage = record[field];
  const since = record[`${field}_since`];
  return {
    stage: typeof stage === "string" ? stage : null,
    since: typeof since === "string" ? new Date(since).toISOString() : null,
  };
}
