import type { Rule } from "@formwright/rules";
import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { Approval, Assignee, Step, StepType } from "./definition.ts";

/** An approval leans on its entity, on roles, and on whatever its steps lean on. */
export function visitApproval(approval: Approval, visitor: Visitor): void {
  const { entity, start } = approval;
  visitor.definition("/entity", "entity", entity);
  if (start.on === "manual") {
    start.roles.forEach((role, at) => {
      visitor.definition(pointerTo("/start/roles", at), "role", role);
    });
    if (start.when !== undefined) visitor.rule("/start/when", { entity }, start.when, "boolean");
  }
  for (const name of ["steps", "onStarted", "onApproved", "onRejected", "onWithdrawn"] as const) {
    visitSteps(approval[name], `/${name}`, entity, visitor);
  }
}

/** Steps run on a record of `entity`, in approvals and automations alike. */
export function visitSteps(steps: readonly Step[], pointer: string, entity: string, visitor: Visitor): void {
  steps.forEach((step, at) => {
    const visit = STEPS[step.type] as VisitStep<Step>;
    visit(step, pointerTo(pointer, at), entity, visitor);
  });
}

type VisitStep<S> = (step: S, pointer: string, entity: string, visitor: Visitor) => void;

const STEPS: { readonly [T in StepType]: VisitStep<Extract<Step, { type: T }>> } = {
  approve: (step, pointer, entity, visitor) => visitPeople(step.who, `${pointer}/who`, entity, visitor),

  branch(step, pointer, entity, visitor) {
    step.paths.forEach((path, at) => {
      const here = pointerTo(pointer, "paths", at);
      if (path.when !== undefined) visitor.rule(`${here}/when`, { entity }, path.when, "boolean");
      visitSteps(path.steps, `${here}/steps`, entity, visitor);
    });
  },

  notify: (step, pointer, entity, visitor) => visitPeople(step.who, `${pointer}/who`, entity, visitor),

  setFields: (step, pointer, entity, visitor) => visitSet(step.set, `${pointer}/set`, entity, entity, visitor),

  createRecord(step, pointer, entity, visitor) {
    visitor.definition(`${pointer}/entity`, "entity", step.entity);
    visitSet(step.set, `${pointer}/set`, entity, step.entity, visitor);
    visitor.creation(`${pointer}/set`, step.entity, Object.keys(step.set));
    if (step.owner) visitAssignee(step.owner, `${pointer}/owner`, entity, visitor);
  },

  setRelated(step, pointer, entity, visitor) {
    visitor.field(`${pointer}/reference`, entity, step.reference, "reference");
    if (step.when !== undefined) visitor.rule(`${pointer}/when`, { entity }, step.when, "boolean");
    const target = visitor.targetOf(entity, step.reference);
    if (target !== null) visitSet(step.set, `${pointer}/set`, entity, target, visitor);
  },
};

function visitSet(
  set: { readonly [field: string]: Rule },
  pointer: string,
  from: string,
  to: string,
  visitor: Visitor,
): void {
  for (const [field, rule] of Object.entries(set)) {
    const here = pointerTo(pointer, field);
    visitor.field(here, to, field, "writable");
    visitor.rule(here, { entity: from }, rule, { entity: to, field });
  }
}

function visitPeople(who: readonly Assignee[], pointer: string, entity: string, visitor: Visitor): void {
  who.forEach((assignee, at) => {
    visitAssignee(assignee, pointerTo(pointer, at), entity, visitor);
  });
}

function visitAssignee(assignee: Assignee, pointer: string, entity: string, visitor: Visitor): void {
  if (assignee.type === "role") visitor.definition(`${pointer}/role`, "role", assignee.role);
  if (assignee.type === "memberField") visitor.field(`${pointer}/field`, entity, assignee.field, "member");
}
