import { MACHINE_STEPS } from "../approval/parse.ts";
import { checkSteps, completeSteps } from "../approval/parse-steps.ts";
import { parseWith } from "../common/parse-with.ts";
import type { Automation, Trigger } from "./definition.ts";
import { AUTOMATION_SCHEMA } from "./schema.ts";

/** Parses an automation; left out, it is enabled, and any changed field or entered stage triggers it. */
export const parseAutomation = parseWith<Automation>({
  schema: AUTOMATION_SCHEMA,
  complete: (automation) => ({
    ...automation,
    enabled: automation.enabled ?? true,
    trigger: completeTrigger(automation.trigger),
    steps: completeSteps(automation.steps),
  }),
  check: ({ steps }) => checkSteps(steps, "/steps", MACHINE_STEPS),
});

function completeTrigger(trigger: Trigger): Trigger {
  if (trigger.on === "updated") return { ...trigger, fields: trigger.fields ?? [] };
  if (trigger.on === "stageEntered") return { ...trigger, stages: trigger.stages ?? [] };
  return trigger;
}
