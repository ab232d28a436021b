import { type Approval, type LocalText, Problem } from "@formwright/model";
import { type ApprovalEvent, type Decided, decideApproval, type Refusal, stepByKey } from "@formwright/steps";
import type { Context, Tx } from "../../context.ts";
import { applyEffects } from "../../effects/apply-effects.ts";
import type { Cause } from "../../effects/cause.ts";
import { idsFrom } from "../../effects/effect-ids.ts";
import { appendEvent } from "../../events/append-event.ts";
import { readRecordData } from "../../records/read-record.ts";
import { touchRecord } from "../../timers/sync-timers.ts";
import { loadDecideContext } from "../decide-context.ts";
import { loadOrganisation } from "../organisation.ts";
import { environmentOf } from "../rule-data.ts";
import { asSystem } from "../who.ts";
import { finishTransition } from "./finish-transition.ts";
import { appendLog, type Instance, insertInstance, saveInstance } from "./instance-rows.ts";

type Accepted = Extract<Decided, { ok: true }>;

/**
 * Puts one event to an instance whose row is locked, and writes what follows: state, log, tasks, records, messages.
 *
 * @throws Problem with the refusal when the event changes nothing
 */
export async function advanceInstance(
  tx: Tx,
  ctx: Context,
  instance: Instance,
  event: ApprovalEvent,
): Promise<Instance> {
  const decided = await decideOn(tx, ctx, instance, event);
  await saveInstance(tx, ctx, instance.id, decided.state);
  const next: Instance = {
    ...instance,
    state: decided.state,
    endedAt: decided.state.is === "ended" ? decided.state.endedAt : null,
  };
  await applyDecided(tx, ctx, next, event, decided);
  return next;
}

/** Decides the start of a new instance and writes it. */
export async function beginInstance(
  tx: Tx,
  ctx: Context,
  instance: Omit<Instance, "state" | "endedAt">,
  event: Extract<ApprovalEvent, { on: "start" }>,
): Promise<Instance> {
  const decided = await decideOn(tx, ctx, { ...instance, state: null }, event);
  const { state } = decided;
  const started: Instance = { ...instance, state, endedAt: state.is === "ended" ? state.endedAt : null };
  await insertInstance(tx, ctx, started);
  await applyDecided(tx, ctx, started, event, decided);
  return started;
}

async function decideOn(
  tx: Tx,
  ctx: Context,
  instance: Omit<Instance, "state" | "endedAt"> & { readonly state: Instance["state"] | null },
  event: ApprovalEvent,
): Promise<Accepted> {
  const { definition } = instance;
  const entity = ctx.model.entities.get(instance.entity);
  const context = entity
    ? await loadDecideContext(tx, ctx, {
        entity,
        recordId: instance.recordId,
        steps: [
          definition.steps,
          definition.onStarted,
          definition.onApproved,
          definition.onRejected,
          definition.onWithdrawn,
        ],
        me: instance.starter,
        newId: idsFrom(instance.id, instance.state?.entries ?? 0),
      })
    : null;
  const decided = context
    ? decideApproval(definition, instance.state, event, context)
    : await decideWithoutRecord(tx, ctx, instance, event);
  if (!decided.ok) throw toProblem(decided.refusal, definition);
  return decided;
}

/**
 * An approval whose record or entity is gone can only end: when somebody ends or withdraws it, or when one of its people
 * leaves. There is nothing left on which its last steps could act.
 */
async function decideWithoutRecord(
  tx: Tx,
  ctx: Context,
  instance: Omit<Instance, "state" | "endedAt"> & { readonly state: Instance["state"] | null },
  event: ApprovalEvent,
): Promise<Decided> {
  if (!ENDING.has(event.on)) {
    throw new Problem("conflict", { en: "The record of this approval is gone.", "zh-CN": "该审批的记录已不存在。" });
  }
  const context = {
    organisation: await loadOrganisation(tx, ctx),
    record: {},
    environment: environmentOf(ctx),
    newId: idsFrom(instance.id, instance.state?.entries ?? 0),
  };
  const ending = event.on === "memberLeft" ? ({ on: "recordGone" } as const) : event;
  return decideApproval({ ...instance.definition, onWithdrawn: [] }, instance.state, ending, context);
}

const ENDING: ReadonlySet<ApprovalEvent["on"]> = new Set(["recordGone", "memberLeft", "end", "withdraw"]);

async function applyDecided(
  tx: Tx,
  ctx: Context,
  instance: Instance,
  event: ApprovalEvent,
  decided: Accepted,
): Promise<void> {
  await appendLog(tx, ctx, instance.id, decided.log);
  const { definition, entity, recordId } = instance;
  await appendEvent(tx, ctx, {
    entity,
    recordId,
    kind: "approval",
    data: {
      instance: instance.id,
      approval: instance.approval,
      on: event.on,
      state: decided.state.is === "ended" ? decided.state.outcome : decided.state.is,
      ...("decision" in event ? { decision: event.decision } : {}),
      ...("comment" in event && event.comment ? { comment: event.comment } : {}),
    },
  });
  const system = asSystem(ctx, `approval ${instance.approval}`, "approval");
  await applyEffects(tx, system, decided.effects, causeOf(instance, definition, event.on === "start")).catch(
    explainEffect,
  );
  const record = ctx.model.entities.has(entity) ? await readRecordData(tx, ctx, entity, recordId) : null;
  if (record) await touchRecord(tx, ctx, entity, recordId, record);
  if (decided.state.is === "ended") await finishTransition(tx, ctx, instance, decided.state.outcome);
}

/**
 * What an approval sets in motion was refused, e.g. a required field that it empties: the decision does not count, and
 * whoever made it is told that the definition is at fault and not their input.
 */
function explainEffect(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  throw new Problem(
    "conflict",
    {
      en: `What this approval sets in motion was refused: ${error.detail.en ?? error.code}`,
      "zh-CN": `该审批触发的操作被拒绝：${error.detail["zh-CN"] ?? error.code}`,
    },
    { errors: error.errors, extra: { ...error.extra, reason: "effectRefused" } },
  );
}

function causeOf(instance: Instance, definition: Approval, isStarting: boolean): Cause {
  return {
    entity: instance.entity,
    recordId: instance.recordId,
    label: definition.label,
    by: {
      is: "approval",
      key: instance.approval,
      instance: instance.id,
      starter: instance.starter,
      isStarting,
      stepLabel: (step) => labelOfStep(definition, step),
    },
  };
}

export function labelOfStep(definition: Approval, step: string): LocalText {
  return stepByKey(definition.steps, step)?.label ?? { en: "Starter", "zh-CN": "发起人" };
}

const PROBLEMS = {
  notFound: "notFound",
  notYours: "forbidden",
  taskClosed: "conflict",
  commentRequired: "invalid",
  notAllowedHere: "conflict",
  ended: "conflict",
  notReturned: "conflict",
  nobodyFound: "conflict",
  peopleUnknown: "invalid",
} as const satisfies Record<Refusal["code"], string>;

function toProblem(refusal: Refusal, definition: Approval): Problem {
  const { code, message, pointer, happened, step } = refusal;
  const errors = pointer === undefined ? [] : [{ pointer, code, message, severity: "error" as const }];
  const extra = {
    reason: code,
    ...(happened ? { happened: { ...happened } } : {}),
    ...(step === undefined ? {} : { step: { key: step, label: { ...labelOfStep(definition, step) } } }),
  };
  return new Problem(PROBLEMS[code], message, { errors, extra });
}
