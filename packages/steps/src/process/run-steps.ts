import type { Automation } from "@formwright/model";
import type { Effect } from "./effect.ts";
import { type DecideContext, Run } from "./run.ts";
import type { LogEntry } from "./state.ts";
import { walkThrough } from "./walk.ts";

export interface StepsRun {
  readonly effects: readonly Effect[];
  readonly log: readonly LogEntry[];
}

/**
 * What an automation does to a record now; null when its condition does not hold.
 *
 * @throws Error when a step waits for people: such an automation cannot be published
 */
export function decideAutomation(automation: Automation, context: DecideContext): StepsRun | null {
  const run = new Run(context, null, null);
  if (!run.holds(automation.when)) return null;
  walkThrough(automation.steps, run);
  return { effects: run.effects, log: run.log };
}
