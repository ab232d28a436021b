import { visitSteps } from "../approval/visit.ts";
import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { Automation, Trigger } from "./definition.ts";

/** An automation leans on what triggers it, on its condition, and on what its steps lean on. */
export function visitAutomation({ trigger, when, steps }: Automation, visitor: Visitor): void {
  visitor.definition("/trigger/entity", "entity", trigger.entity);
  const visit = TRIGGERS[trigger.on] as (trigger: Trigger, visitor: Visitor) => void;
  visit(trigger, visitor);
  if (when !== undefined) visitor.rule("/when", { entity: trigger.entity }, when, "boolean");
  visitSteps(steps, "/steps", trigger.entity, visitor);
}

type VisitTrigger = { readonly [K in Trigger["on"]]: (trigger: Extract<Trigger, { on: K }>, visitor: Visitor) => void };

const TRIGGERS: VisitTrigger = {
  created: () => {},

  updated(trigger, visitor) {
    trigger.fields.forEach((field, at) => {
      visitor.field(pointerTo("/trigger/fields", at), trigger.entity, field, "any");
    });
  },

  stageEntered(trigger, visitor) {
    visitor.field("/trigger/field", trigger.entity, trigger.field, "stage");
    trigger.stages.forEach((stage, at) => {
      visitor.stage(pointerTo("/trigger/stages", at), trigger.entity, trigger.field, stage);
    });
  },

  date: (trigger, visitor) => visitor.field("/trigger/field", trigger.entity, trigger.field, "date"),

  idle(trigger, visitor) {
    (trigger.touches ?? []).forEach(({ entity, field }, at) => {
      const here = pointerTo("/trigger/touches", at);
      visitor.definition(`${here}/entity`, "entity", entity);
      visitor.field(`${here}/field`, entity, field, { pointsTo: trigger.entity });
    });
  },
};
