import { type Entity, type Finding, type Json, type JsonObject, Problem, pointerTo } from "@formwright/model";
import type { Missing, MoveDecided } from "@formwright/steps";
import { accessOf } from "../../access/compile-access.ts";
import type { Context, Db, Tx } from "../../context.ts";
import { onCurrentModel } from "../../model/on-current-model.ts";
import { entityOf, findRecordJson, readRecordData } from "../../records/read-record.ts";
import { inTransaction } from "../../writes/transaction.ts";
import { updateRecord } from "../../writes/update-record.ts";
import { assertRecordOpen } from "../approvals/assert-record-open.ts";
import type { Instance } from "../approvals/instance-rows.ts";
import { startForTransition } from "../approvals/start-approval.ts";
import { assertVersion, recordRights } from "../lock-record.ts";
import { decideOnRecord } from "./move-record.ts";
import { type StageField, stageFieldOf } from "./stage-flow.ts";

export interface TransitionInput {
  /** The stage to go to. */
  readonly to: string;
  /** Values of the dialog: written together with the move. */
  readonly values?: JsonObject;
  readonly comment?: string;
  /** Which stage field; the entity's first when absent. */
  readonly field?: string;
  /** The version that the caller saw. */
  readonly version?: number;
}

export type TransitionResult =
  | { readonly is: "moved"; readonly id: string; readonly version: number; readonly json: string }
  /** An approval was started; the record moves when it says yes. */
  | { readonly is: "waiting"; readonly instance: string };

/**
 * Moves a record to another stage, or starts the approval that must say yes first. The dialog's values are written in
 * either case.
 *
 * @throws Problem `invalid` with everything that is missing (code `missingForStage`), `forbidden`, `conflict`, `stale`,
 *   `notFound`
 */
export async function transitionRecord(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  input: TransitionInput,
): Promise<TransitionResult> {
  return onCurrentModel(db, ctx, (current) => transitionNow(db, current, entityKey, id, input));
}

async function transitionNow(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  input: TransitionInput,
): Promise<TransitionResult> {
  const entity = entityOf(ctx, entityKey);
  const stage = stageFieldOf(ctx, entity, input.field);
  const values = input.values ?? {};
  return inTransaction(db, async (tx) => {
    const rights = await recordRights(tx, ctx, entity, id, true);
    assertVersion(rights, input.version);
    await assertRecordOpen(tx, ctx, entityKey, id);
    refuseValues(ctx, entity, values);
    const { decided } = await decideOnRecord(tx, ctx, entity, id, stage, input, values, rights.mayUpdate);
    if (decided.is === "refused") throw refusedMove(decided);
    if (decided.is === "missing") throw missingProblem(decided.missing);
    const [effect] = decided.effects;
    if (decided.is === "moved" && effect?.do === "moveStage") {
      const { from, to, seconds, comment } = effect;
      const event = { kind: "moved", data: { field: stage.field.key, from, to, seconds, comment } };
      const all = { ...values, ...(effect.values as JsonObject) };
      const written = await updateRecord(tx, ctx, entityKey, id, { values: all }, { trusted: true, event });
      return { is: "moved", id, version: written.version, json: written.json };
    }
    if (Object.keys(values).length > 0) {
      await updateRecord(tx, ctx, entityKey, id, { values }, { trusted: true, silent: true });
    }
    const approval = decided.transition.approval ?? "";
    const pending = { field: stage.field.key, to: input.to, comment: input.comment?.trim() || null };
    const instance = await startForTransition(tx, ctx, { approval, entity: entityKey, recordId: id, pending });
    return movedAtOnce(tx, ctx, entityKey, id, instance, stage);
  });
}

/** An approval that had nobody to ask has ended already, and the record has moved. */
async function movedAtOnce(
  tx: Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  instance: Instance,
  { field }: StageField,
): Promise<TransitionResult> {
  const record = instance.state.is === "ended" ? await readRecordData(tx, ctx, entityKey, id) : null;
  if (record?.[field.key] !== instance.transition?.to) return { is: "waiting", instance: instance.id };
  const moved = await findRecordJson(tx, ctx, entityKey, id);
  return {
    is: "moved",
    id,
    version: moved?.version ?? Number(record?.version ?? 0),
    json: moved?.json ?? `{"id":"${id}"}`,
  };
}

/** Values of a dialog are held to the caller's fields like those of a form; the stage itself is not among them. */
function refuseValues(ctx: Context, entity: Entity, values: JsonObject): void {
  const access = accessOf(ctx, entity);
  const findings = Object.keys(values).flatMap((key): Finding[] => {
    const field = entity.fields.find((candidate) => candidate.key === key);
    const pointer = pointerTo("/values", key);
    if (!field || access.field(key) === "hidden") return [refusedValue(pointer, "unknownProperty")];
    if (field.kind === "stage") return [refusedValue(pointer, "useTransition")];
    return access.field(key) === "readOnly" || field.readOnly ? [refusedValue(pointer, "readOnly")] : [];
  });
  if (findings.length > 0) throw invalidMove(findings);
}

const VALUE_MESSAGES = {
  unknownProperty: { en: "There is no such field.", "zh-CN": "没有这个字段。" },
  useTransition: { en: "A stage changes by moving the record.", "zh-CN": "阶段只能通过流转改变。" },
  readOnly: { en: "You may not change this field.", "zh-CN": "您不能修改此字段。" },
} as const;

function refusedValue(pointer: string, code: keyof typeof VALUE_MESSAGES): Finding {
  return { pointer, code, message: VALUE_MESSAGES[code], severity: "error" };
}

/** What is missing for a move, as findings: the pointer names the value that would satisfy it. */
export function missingProblem(missing: readonly Missing[]): Problem {
  return invalidMove(missing.map(toFinding));
}

const POINTERS: { readonly [K in Missing["kind"]]: (missing: Missing) => string } = {
  field: ({ key }) => pointerTo("/values", key),
  criterion: ({ fields }) => (fields[0] === undefined ? "/to" : pointerTo("/values", fields[0])),
  checklist: ({ key }) => pointerTo("/checklist", key),
  comment: () => "/comment",
};

function toFinding(missing: Missing): Finding {
  const { kind, key, fields, message, label } = missing;
  const params: JsonObject = { kind, key, fields: fields as readonly Json[], label: { ...label } };
  return { pointer: POINTERS[kind](missing), code: "missingForStage", message, severity: "error", params };
}

function invalidMove(errors: readonly Finding[]): Problem {
  return new Problem(
    "invalid",
    { en: "Something is missing for this stage.", "zh-CN": "尚不满足进入该阶段的条件。" },
    { errors },
  );
}

const REFUSED = {
  noSuchStage: "invalid",
  sameStage: "conflict",
  noTransition: "conflict",
  notYourRole: "forbidden",
  conditionFails: "conflict",
} as const;

function refusedMove({ code, message }: Extract<MoveDecided, { is: "refused" }>): Problem {
  const errors: Finding[] = code === "noSuchStage" ? [{ pointer: "/to", code, message, severity: "error" }] : [];
  return new Problem(REFUSED[code], message, { errors, extra: { reason: code } });
}
