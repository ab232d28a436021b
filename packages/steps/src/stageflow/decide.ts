import type { Flow, LocalText, Stage, Transition } from "@formwright/model";
import { evaluate } from "@formwright/rules";
import type { FieldValues } from "../process/effect.ts";
import { isForward, type Missing, missingFor, type StageContext } from "./missing.ts";

/** Where a record is in its flow. */
export interface StageState {
  /** Null only for records that came from outside the flow. */
  readonly stage: string | null;
  /** When it entered, ISO 8601; null when that is not known. */
  readonly since: string | null;
}

/** Who wants to move it. */
export interface Mover {
  /** Null for the platform itself (automations, an approval that said yes): no role is asked. */
  readonly roles: readonly string[] | null;
  readonly isAdmin: boolean;
  readonly mayUpdate: boolean;
}

export interface MoveContext extends StageContext {
  readonly mover: Mover;
}

/** A transition that this person may do, and what it still needs. */
export interface Move {
  readonly transition: Transition;
  readonly to: Stage;
  readonly label: LocalText;
  /** Except the fields that its dialog asks for anyway. */
  readonly missing: readonly Missing[];
  readonly ask: readonly string[];
  readonly requireComment: boolean;
  readonly approval: string | null;
  readonly isForward: boolean;
}

export interface MoveEvent {
  readonly to: string;
  readonly comment?: string;
  /** Set when the approval that the transition asks for has said yes. */
  readonly isApproved?: boolean;
}

export type MoveEffect =
  /** `seconds` in the stage that was left; null when unknown. */
  | {
      readonly do: "moveStage";
      readonly values: FieldValues;
      readonly from: string | null;
      readonly to: string;
      readonly seconds: number | null;
      readonly comment: string | null;
    }
  | { readonly do: "startApproval"; readonly approval: string; readonly transition: string };

export type MoveDecided =
  | {
      readonly is: "moved";
      readonly state: StageState;
      readonly effects: readonly MoveEffect[];
      readonly transition: Transition;
    }
  | { readonly is: "waits"; readonly effects: readonly MoveEffect[]; readonly transition: Transition }
  | { readonly is: "missing"; readonly missing: readonly Missing[] }
  | { readonly is: "refused"; readonly code: MoveRefusal; readonly message: LocalText };

export type MoveRefusal = "noSuchStage" | "sameStage" | "noTransition" | "notYourRole" | "conditionFails";

/**
 * Decides a move to another stage, on the record as it would be with the values of the dialog.
 * Everything that is missing comes back at once. Backward moves and skips exist only where a transition says so.
 */
export function decideMove(flow: Flow, state: StageState, event: MoveEvent, context: MoveContext): MoveDecided {
  const to = flow.stages.find((stage) => stage.key === event.to);
  if (!to) return refused("noSuchStage");
  if (to.key === state.stage) return refused("sameStage");
  const from = stageOf(flow, state);
  const defined = transitionsFrom(flow, state).filter((transition) => transition.to === to.key);
  if (defined.length === 0) return refused("noTransition");
  const permitted = defined.filter((transition) => isForRole(transition, context.mover));
  if (permitted.length === 0) return refused("notYourRole");
  const [transition] = permitted.filter((candidate) => isOpen(candidate, context));
  if (!transition) return refused("conditionFails");

  const missing = missingFor(flow, from, transition, context);
  if (transition.requireComment && !event.comment?.trim()) missing.push(MISSING_COMMENT);
  if (missing.length > 0) return { is: "missing", missing };
  if (transition.approval && !event.isApproved) {
    const effect = { do: "startApproval", approval: transition.approval, transition: transition.key } as const;
    return { is: "waits", effects: [effect], transition };
  }
  const { now } = context.environment;
  const effect: MoveEffect = {
    do: "moveStage",
    values: { [flow.field]: to.key },
    from: state.stage,
    to: to.key,
    seconds: state.since === null ? null : secondsBetween(state.since, now),
    comment: event.comment?.trim() || null,
  };
  return { is: "moved", state: { stage: to.key, since: now }, effects: [effect], transition };
}

/** Every stage that this person may move the record to from here, with what is missing for it. */
export function possibleMoves(flow: Flow, state: StageState, context: MoveContext): readonly Move[] {
  const from = stageOf(flow, state);
  return transitionsFrom(flow, state)
    .filter((transition) => isForRole(transition, context.mover) && isOpen(transition, context))
    .filter(({ to }, index, open) => open.findIndex((other) => other.to === to) === index)
    .flatMap((transition) => {
      const to = flow.stages.find((stage) => stage.key === transition.to);
      if (!to) return [];
      const asked = new Set(transition.ask);
      const move: Move = {
        transition,
        to,
        label: transition.label ?? to.label,
        missing: missingFor(flow, from, transition, context).filter(
          (missing) => missing.kind !== "field" || !asked.has(missing.key),
        ),
        ask: transition.ask,
        requireComment: transition.requireComment ?? false,
        approval: transition.approval ?? null,
        isForward: isForward(flow, from, to),
      };
      return [move];
    });
}

export function stageOf(flow: Flow, state: StageState): Stage | null {
  return flow.stages.find((stage) => stage.key === state.stage) ?? null;
}

const MISSING_COMMENT: Missing = {
  kind: "comment",
  key: "comment",
  fields: [],
  label: { en: "Comment", "zh-CN": "说明" },
  message: { en: "Say why.", "zh-CN": "请填写原因。" },
};

const REFUSALS: { readonly [R in MoveRefusal]: LocalText } = {
  noSuchStage: { en: "There is no such stage.", "zh-CN": "没有这个阶段。" },
  sameStage: { en: "The record is in this stage already.", "zh-CN": "记录已处于该阶段。" },
  noTransition: {
    en: "The flow does not lead there from this stage.",
    "zh-CN": "流程不允许从当前阶段直接进入该阶段。",
  },
  notYourRole: { en: "Your role may not make this move.", "zh-CN": "您的角色无权执行该流转。" },
  conditionFails: {
    en: "The condition for this move does not hold for this record.",
    "zh-CN": "该记录不满足此流转的条件。",
  },
};

function refused(code: MoveRefusal): MoveDecided {
  return { is: "refused", code, message: REFUSALS[code] };
}

function transitionsFrom(flow: Flow, state: StageState): readonly Transition[] {
  return flow.transitions.filter(
    ({ from, to }) => to !== state.stage && (from === state.stage || from === "*" || state.stage === null),
  );
}

function isForRole(transition: Transition, { roles, isAdmin, mayUpdate }: Mover): boolean {
  if (roles === null || isAdmin) return true;
  return mayUpdate && (transition.roles.length === 0 || transition.roles.some((role) => roles.includes(role)));
}

function isOpen(transition: Transition, { record, environment, scope }: MoveContext): boolean {
  return transition.when === undefined || evaluate(transition.when, record, environment, scope) === true;
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
