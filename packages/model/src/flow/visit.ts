import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { Flow, Stage, Transition } from "./definition.ts";

/** A flow leans on its stage field, on what its stages require and its transitions ask, on roles and approvals. */
export function visitFlow(flow: Flow, visitor: Visitor): void {
  visitor.definition("/entity", "entity", flow.entity);
  visitor.field("/field", flow.entity, flow.field, { flow: flow.key });
  flow.stages.forEach((stage, at) => {
    visitStage(flow, stage, pointerTo("/stages", at), visitor);
  });
  flow.transitions.forEach((transition, at) => {
    visitTransition(flow, transition, pointerTo("/transitions", at), visitor);
  });
}

function visitStage({ entity }: Flow, stage: Stage, pointer: string, visitor: Visitor): void {
  stage.criteria.forEach(({ rule }, at) => {
    visitor.rule(pointerTo(pointer, "criteria", at, "rule"), { entity }, rule, "boolean");
  });
  stage.required.forEach((field, at) => {
    visitor.field(pointerTo(pointer, "required", at), entity, field, "any");
  });
}

function visitTransition({ entity }: Flow, transition: Transition, pointer: string, visitor: Visitor): void {
  transition.roles.forEach((role, at) => {
    visitor.definition(pointerTo(pointer, "roles", at), "role", role);
  });
  if (transition.when !== undefined) visitor.rule(`${pointer}/when`, { entity }, transition.when, "boolean");
  transition.ask.forEach((field, at) => {
    visitor.field(pointerTo(pointer, "ask", at), entity, field, "writable");
  });
  if (transition.approval !== undefined) {
    visitor.definition(`${pointer}/approval`, "approval", transition.approval);
  }
}
