import type { Approval, ApproveStep, Step } from "@formwright/model";
import { deciderOf } from "../step-deciders.ts";
import { changeHands } from "./change-hands.ts";
import type { Effect } from "./effect.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { STARTER_STEP } from "./replay.ts";
import { type DecideContext, Run } from "./run.ts";
import { type ApprovalState, type Decision, type LogEntry, type Outcome, openTasks, type TaskOfStep } from "./state.ts";
import { stepByKey, type Walked, walk, walkAfter, walkThrough } from "./walk.ts";

/** What can happen to an approval. `by` and `member` are member ids. */
export type ApprovalEvent =
  | { readonly on: "start"; readonly by: string; readonly comment?: string }
  | {
      readonly on: "decide";
      readonly task: string;
      readonly by: string;
      readonly decision: Decision;
      readonly comment?: string;
    }
  | { readonly on: "comment"; readonly by: string; readonly task?: string; readonly comment: string }
  | { readonly on: "withdraw"; readonly by: string; readonly comment?: string }
  | { readonly on: "resubmit"; readonly by: string; readonly comment?: string }
  /** An admin puts others in place of a task's person; also names people where nobody was found. */
  | {
      readonly on: "reassign";
      readonly by: string;
      readonly task: string;
      readonly to: readonly string[];
      readonly comment?: string;
    }
  | { readonly on: "end"; readonly by: string; readonly comment?: string }
  /** Somebody became inactive: their open tasks go to their manager, else to the admins. */
  | { readonly on: "memberLeft"; readonly member: string }
  /** The record was deleted: there is nothing left to decide on, and nothing that could be set in motion. */
  | { readonly on: "recordGone" };

export type Decided =
  | {
      readonly ok: true;
      readonly state: ApprovalState;
      readonly effects: readonly Effect[];
      /** The new entries only. */
      readonly log: readonly LogEntry[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

type On<K extends ApprovalEvent["on"]> = Extract<ApprovalEvent, { on: K }>;
type Handle<K extends ApprovalEvent["on"]> = (definition: Approval, run: Run, event: On<K>) => Refusal | null;

const HANDLERS: { readonly [K in ApprovalEvent["on"]]: Handle<K> } = {
  start,
  decide,
  comment,
  withdraw,
  resubmit,
  reassign,
  end,
  memberLeft,
  recordGone,
};

/**
 * What an event does to an approval instance. Pure: same arguments, same answer.
 *
 * @param definition the definition that the instance started with, not the latest
 * @param state null only for `start`
 */
export function decideApproval(
  definition: Approval,
  state: ApprovalState | null,
  event: ApprovalEvent,
  context: DecideContext,
): Decided {
  if ((state === null) !== (event.on === "start")) return { ok: false, refusal: refuse("notFound") };
  if (state?.is === "ended" && event.on !== "decide") return { ok: false, refusal: refuse("ended") };
  const actor = "by" in event ? event.by : null;
  const run = new Run(context, state, actor, definition.samePersonOnce);
  const handle = HANDLERS[event.on] as (definition: Approval, run: Run, event: ApprovalEvent) => Refusal | null;
  const refusal = handle(definition, run, event);
  return refusal ? { ok: false, refusal } : { ok: true, state: run.state, effects: run.effects, log: run.log };
}

function start(definition: Approval, run: Run, event: On<"start">): Refusal | null {
  run.note({ kind: "started", starter: event.by, ...said(event) });
  walkThrough(definition.onStarted, run);
  goOn(definition, run, walk(definition.steps, run));
  return run.state.is === "blocked" ? refuse("nobodyFound", { step: run.state.step }) : null;
}

function decide(definition: Approval, run: Run, event: On<"decide">): Refusal | null {
  const task = run.state.tasks.find((candidate) => candidate.id === event.task);
  if (!task) return refuse("notFound");
  if (!isFor(task, event.by, run)) return refuse("notYours");
  if (task.state.is !== "open") return refuse("taskClosed", { happened: task.state });
  const step = stepByKey(definition.steps, task.step);
  if (task.purpose !== "decide" || step?.type !== "approve") return refuse("notAllowedHere");
  if (event.decision === "return" && !step.allow.includes("return")) return refuse("notAllowedHere");
  if (step.requireComment.includes(event.decision) && !event.comment?.trim()) {
    return refuse("commentRequired", { pointer: "/comment" });
  }
  run.note({ kind: "decided", step: step.key, task: task.id, decision: event.decision, ...said(event) });
  run.emit({
    do: "closeTask",
    id: task.id,
    result: { is: "decided", decision: event.decision, by: event.by, ...said(event) },
  });
  AFTER_DECISION[event.decision](definition, run, step, event.comment);
  return null;
}

const AFTER_DECISION: {
  readonly [D in Decision]: (definition: Approval, run: Run, step: ApproveStep, comment?: string) => void;
} = {
  approve: (definition, run, step) => settle(definition, run, step),
  reject: (definition, run, _step, comment) => finish(definition, run, "rejected", comment),
  return: (_definition, run, step, comment) => {
    for (const task of openTasks(run.state)) run.closeTask(task, "settled");
    run.note({ kind: "returned", step: step.key, ...said({ comment }) });
    run.openTask(STARTER_STEP, "resubmit", changeHands(run, run.state.starter));
  },
};

function comment(definition: Approval, run: Run, event: On<"comment">): Refusal | null {
  if (!event.comment.trim()) return refuse("commentRequired", { pointer: "/comment" });
  if (event.task === undefined) {
    run.note({ kind: "commented", comment: event.comment });
    return null;
  }
  const task = run.state.tasks.find((candidate) => candidate.id === event.task);
  if (!task) return refuse("notFound");
  if (!isFor(task, event.by, run)) return refuse("notYours");
  const step = stepByKey(definition.steps, task.step);
  if (step?.type === "approve" && !step.allow.includes("comment")) return refuse("notAllowedHere");
  run.note({ kind: "commented", step: task.step, comment: event.comment });
  return null;
}

function withdraw(definition: Approval, run: Run, event: On<"withdraw">): Refusal | null {
  if (event.by !== run.state.starter) return refuse("notYours");
  finish(definition, run, "withdrawn", event.comment);
  return null;
}

function resubmit(definition: Approval, run: Run, event: On<"resubmit">): Refusal | null {
  if (run.state.is !== "returned") return refuse("notReturned");
  const task = openTasks(run.state).find((open) => open.purpose === "resubmit");
  if (!task || !isFor(task, event.by, run)) return refuse("notYours");
  run.closeTask(task, "resubmitted");
  run.note({ kind: "resubmitted", ...said(event) });
  goOn(definition, run, walk(definition.steps, run));
  return null;
}

function reassign(definition: Approval, run: Run, event: On<"reassign">): Refusal | null {
  const { members } = run.context.organisation;
  if (!members.get(event.by)?.isAdmin) return refuse("notYours");
  const task = run.state.tasks.find((candidate) => candidate.id === event.task);
  if (!task) return refuse("notFound");
  if (task.state.is !== "open") return refuse("taskClosed", { happened: task.state });
  const asked = run.state.tasks.filter(
    (other) => other.step === task.step && other.round === run.state.round && isStillAsked(other),
  );
  const to = [...new Set(event.to)].filter(
    (id) => members.get(id)?.isActive && !asked.some((other) => other.assignee === id),
  );
  if (to.length === 0) return refuse("peopleUnknown", { pointer: "/members" });
  run.note({ kind: "reassigned", step: task.step, task: task.id, to, ...said(event) });
  run.closeTask(task, "reassigned");
  const step = stepByKey(definition.steps, task.step);
  const assign = step ? deciderOf(step).assign : undefined;
  if (step && assign) assign(step, run, task, to);
  else run.openTask(task.step, task.purpose, to[0] ?? null);
  return null;
}

/** Ended by an admin without a decision: what a withdrawal sets in motion applies. */
function end(definition: Approval, run: Run, event: On<"end">): Refusal | null {
  if (!run.context.organisation.members.get(event.by)?.isAdmin) return refuse("notYours");
  finish(definition, run, "ended", event.comment);
  return null;
}

function memberLeft(definition: Approval, run: Run, event: On<"memberLeft">): Refusal | null {
  for (const task of openTasks(run.state).filter((open) => open.assignee === event.member)) {
    const instead = changeHands(run, event.member);
    const isAsked = run.state.tasks.some(
      (other) =>
        other.step === task.step &&
        other.round === run.state.round &&
        instead !== null &&
        other.assignee === instead &&
        isStillAsked(other),
    );
    if (!isAsked) run.openTask(task.step, task.purpose, instead);
    run.closeTask(task, "left");
    const step = stepByKey(definition.steps, task.step);
    if (isAsked && step?.type === "approve") settle(definition, run, step);
  }
  return null;
}

function recordGone(_definition: Approval, run: Run): Refusal | null {
  conclude(run, "ended");
  return null;
}

function settle(definition: Approval, run: Run, step: ApproveStep): void {
  const settled = deciderOf(step).settle?.(step, run);
  if (settled?.go === "next") goOn(definition, run, walkAfter(definition.steps, step.key, run));
}

function goOn(definition: Approval, run: Run, walked: Walked): void {
  if (walked === "through") finish(definition, run, "approved");
}

const ON_OUTCOME = {
  approved: "onApproved",
  rejected: "onRejected",
  withdrawn: "onWithdrawn",
  ended: "onWithdrawn",
} as const satisfies Record<Outcome, keyof Approval>;

const CLOSED_BY_OUTCOME = {
  approved: "settled",
  rejected: "settled",
  withdrawn: "withdrawn",
  ended: "ended",
} as const satisfies Record<Outcome, string>;

function finish(definition: Approval, run: Run, outcome: Outcome, text?: string): void {
  conclude(run, outcome, text, definition[ON_OUTCOME[outcome]]);
}

function conclude(run: Run, outcome: Outcome, text?: string, last: readonly Step[] = []): void {
  for (const task of openTasks(run.state)) run.closeTask(task, CLOSED_BY_OUTCOME[outcome]);
  run.note({ kind: "ended", outcome, ...said({ comment: text }) });
  walkThrough(last, run);
  run.emit({ do: "endInstance", id: run.newId(), outcome, ...said({ comment: text }) });
}

function isFor(task: TaskOfStep, by: string, run: Run): boolean {
  return task.assignee === null ? (run.context.organisation.members.get(by)?.isAdmin ?? false) : task.assignee === by;
}

/** Open or decided: closed tasks (reassigned, left) leave their person free to be asked again. */
function isStillAsked(task: TaskOfStep): boolean {
  return task.state.is !== "closed";
}

function said(event: { readonly comment?: string | undefined }): { readonly comment?: string } {
  return event.comment?.trim() ? { comment: event.comment.trim() } : {};
}
