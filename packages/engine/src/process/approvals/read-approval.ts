import type { Approval, LocalText, Step, StepType } from "@formwright/model";
import { Problem } from "@formwright/model";
import { innerSteps, type LogEntry, openTasks, type TaskOfStep } from "@formwright/steps";
import type { Context, Db } from "../../context.ts";
import { titleOf } from "../../notifications/fill-text.ts";
import { findRecordJson, isUuid } from "../../records/read-record.ts";
import { namesOf, type PersonRef } from "../names.ts";
import { isAdminContext } from "../who.ts";
import { labelOfStep } from "./approval-run.ts";
import { findInstance, type Instance, instancesOf, readLog, wordOf } from "./instance-rows.ts";

export interface StepRef {
  readonly key: string;
  readonly label: LocalText;
}

export interface ApprovalLogLine {
  readonly at: string;
  /** Null: the system. */
  readonly actor: PersonRef | null;
  readonly kind: LogEntry["kind"];
  readonly step: StepRef | null;
  readonly comment: string | null;
  readonly decision: string | null;
  /** Whom it concerns: asked, skipped, named. */
  readonly members: readonly PersonRef[];
  /** The path taken, the outcome, why a task closed or a step was skipped. */
  readonly detail: string | null;
}

/** A step as the panel draws it. */
export interface PathStep {
  readonly step: StepRef;
  readonly type: StepType;
  readonly state: "done" | "open" | "ahead" | "skipped";
  readonly tasks: readonly {
    readonly id: string;
    readonly assignee: PersonRef | null;
    readonly state: "open" | "decided" | "closed";
    readonly decision: string | null;
    readonly at: string | null;
  }[];
}

/** An approval instance with its log, as the API sends it. */
export interface ApprovalJson {
  readonly id: string;
  readonly key: string;
  readonly label: LocalText;
  readonly release: number;
  readonly entity: string;
  readonly record: PersonRef;
  readonly state: string;
  /** The stage that it leads to; null when it was started by hand. */
  readonly transition: { readonly field: string; readonly to: string } | null;
  readonly startedBy: PersonRef | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly path: readonly PathStep[];
  readonly log: readonly ApprovalLogLine[];
  /** What the caller may do with the whole of it. */
  readonly actions: readonly string[];
  /** The caller's own open task in it. */
  readonly myTask: { readonly id: string; readonly actions: readonly string[] } | null;
}

/** @throws Problem `notFound` */
export async function readApproval(db: Db, ctx: Context, id: string): Promise<ApprovalJson> {
  if (!isUuid(id)) throw noSuchApproval();
  const instance = await findInstance(db, ctx, id);
  await assertMayRead(db, ctx, instance);
  return toJson(db, ctx, instance);
}

/** Every approval that ran or runs on a record, newest first. @throws Problem `notFound` */
export async function approvalsOfRecord(
  db: Db,
  ctx: Context,
  entity: string,
  recordId: string,
): Promise<readonly ApprovalJson[]> {
  if (!(await findRecordJson(db, ctx, entity, recordId, { withDeleted: true }))) {
    throw new Problem("notFound", { en: "There is no such record.", "zh-CN": "记录不存在，或您无权查看。" });
  }
  const shown: ApprovalJson[] = [];
  for (const instance of await instancesOf(db, ctx, entity, recordId)) shown.push(await toJson(db, ctx, instance));
  return shown;
}

/** Its starter, its people, admins, and whoever may read the record. Others do not learn that it exists. */
export async function assertMayRead(db: Db, ctx: Context, instance: Instance): Promise<void> {
  if (isAdminContext(ctx)) return;
  const me = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  if (instance.starter === me || instance.state.tasks.some((task) => task.assignee === me)) return;
  const isKnown = ctx.model.entities.has(instance.entity);
  if (isKnown && (await findRecordJson(db, ctx, instance.entity, instance.recordId, { withDeleted: true }))) return;
  throw noSuchApproval();
}

/** What a person may do with a task of theirs. */
export function taskActions(definition: Approval, task: TaskOfStep, isAdmin: boolean): readonly string[] {
  if (task.state.is !== "open") return [];
  const step = stepOf(definition.steps, task.step);
  const own = {
    decide: ["approve", "reject", ...(step?.type === "approve" ? step.allow : [])],
    resubmit: ["resubmit"],
    assign: [],
  }[task.purpose];
  return isAdmin || task.purpose === "assign" ? [...own, "reassign"] : own;
}

async function toJson(db: Db, ctx: Context, instance: Instance): Promise<ApprovalJson> {
  const log = await readLog(db, ctx, instance.id);
  const { definition, state } = instance;
  const people = [instance.starter, ...log.flatMap(peopleOf), ...state.tasks.map((task) => task.assignee)];
  const name = await namesOf(db, ctx, people);
  const me = ctx.actor.kind === "member" ? ctx.actor.member : null;
  const mine = openTasks(state).find((task) => (task.assignee === null ? me?.isAdmin : task.assignee === me?.id));
  return {
    id: instance.id,
    key: instance.approval,
    label: definition.label,
    release: instance.release,
    entity: instance.entity,
    record: { id: instance.recordId, title: await titleOf(db, ctx, instance.entity, instance.recordId) },
    state: wordOf(state),
    transition: instance.transition ? { field: instance.transition.field, to: instance.transition.to } : null,
    startedBy: name(instance.starter),
    startedAt: instance.startedAt,
    endedAt: instance.endedAt,
    path: pathOf(definition.steps, instance, log, name),
    log: log.map((entry) => toLine(entry, definition, name)),
    actions: approvalActions(instance, me?.id ?? null, me?.isAdmin ?? true, mine),
    myTask: mine ? { id: mine.id, actions: taskActions(definition, mine, me?.isAdmin ?? false) } : null,
  };
}

function approvalActions(
  { state, starter }: Instance,
  me: string | null,
  isAdmin: boolean,
  mine: TaskOfStep | undefined,
): readonly string[] {
  if (state.is === "ended") return [];
  return [
    ...(starter === me ? ["withdraw"] : []),
    ...(mine?.purpose === "resubmit" ? ["resubmit"] : []),
    "comment",
    ...(isAdmin ? ["reassign", "end"] : []),
  ];
}

type NameOf = (id: string | null | undefined) => PersonRef | null;

function toLine(entry: LogEntry, definition: Approval, name: NameOf): ApprovalLogLine {
  const step = "step" in entry && entry.step !== undefined ? entry.step : null;
  return {
    at: entry.at,
    actor: name(entry.actor),
    kind: entry.kind,
    step: step === null ? null : { key: step, label: labelOfAny(definition, step) },
    comment: "comment" in entry ? (entry.comment ?? null) : null,
    decision: "decision" in entry ? entry.decision : null,
    members: peopleOf(entry)
      .map(name)
      .filter((person) => person !== null),
    detail: detailOf(entry, definition),
  };
}

function detailOf(entry: LogEntry, definition: Approval): string | null {
  if (entry.kind === "pathTaken") {
    const branch = stepOf(definition.steps, entry.step);
    return branch?.type === "branch" ? entry.path : null;
  }
  if (entry.kind === "ended") return entry.outcome;
  if (entry.kind === "asked") return entry.purpose;
  return entry.kind === "skipped" || entry.kind === "closed" ? entry.why : null;
}

function peopleOf(entry: LogEntry): readonly string[] {
  if (entry.kind === "asked") return entry.assignee === null ? [] : [entry.assignee];
  if (entry.kind === "reassigned") return entry.to;
  return entry.kind === "skipped" || entry.kind === "queued" ? entry.members : [];
}

function labelOfAny(definition: Approval, key: string): LocalText {
  const lists = [definition.steps, definition.onStarted, definition.onApproved, definition.onRejected];
  const step = [...lists, definition.onWithdrawn].map((steps) => stepOf(steps, key)).find((found) => found !== null);
  return step?.label ?? labelOfStep(definition, key);
}

function stepOf(steps: readonly Step[], key: string): Step | null {
  for (const step of steps) {
    if (step.key === key) return step;
    for (const inner of innerSteps(step)) {
      const found = stepOf(inner, key);
      if (found) return found;
    }
  }
  return null;
}

/** The steps of this round in order: those gone through, and those ahead as far as the branches taken so far tell. */
function pathOf(
  steps: readonly Step[],
  instance: Instance,
  log: readonly LogEntry[],
  name: NameOf,
): readonly PathStep[] {
  const { state, definition } = instance;
  const begin = log.findLastIndex((entry) => entry.kind === "resubmitted");
  const round = log.slice(begin + 1);
  return steps.flatMap((step): readonly PathStep[] => {
    if (step.type === "branch") {
      const taken = round.findLast((entry) => entry.kind === "pathTaken" && entry.step === step.key);
      const path =
        taken?.kind === "pathTaken" ? step.paths.find((candidate) => candidate.key === taken.path) : undefined;
      if (path) return pathOf(path.steps, instance, log, name);
      return state.is === "ended"
        ? []
        : [{ step: { key: step.key, label: step.label }, type: step.type, state: "ahead", tasks: [] }];
    }
    const here = round.filter((entry) => "step" in entry && entry.step === step.key);
    const tasks = state.tasks.filter((task) => task.step === step.key && task.round === state.round);
    const isOpen = tasks.some((task) => task.state.is === "open");
    const isDone = here.some((entry) => entry.kind === "passed" || entry.kind === "ran" || entry.kind === "decided");
    const isSkipped = here.some((entry) => entry.kind === "skipped" && entry.why !== "starter");
    if (!isOpen && !isDone && !isSkipped && state.is === "ended") return [];
    return [
      {
        step: { key: step.key, label: labelOfStep(definition, step.key) },
        type: step.type,
        state: isOpen ? "open" : isDone ? "done" : isSkipped ? "skipped" : "ahead",
        tasks: tasks.map((task) => ({
          id: task.id,
          assignee: name(task.assignee),
          state: task.state.is,
          decision: task.state.is === "decided" ? task.state.decision : null,
          at: task.state.is === "decided" ? task.state.at : null,
        })),
      },
    ];
  });
}

function noSuchApproval(): Problem {
  return new Problem("notFound", { en: "There is no such approval.", "zh-CN": "没有这个审批。" });
}
