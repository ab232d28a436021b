import type { Step, StepType } from "@formwright/model";
import { approveDecider } from "./approve/decide.ts";
import { branchDecider } from "./branch/decide.ts";
import { createRecordDecider } from "./create-record/decide.ts";
import { notifyDecider } from "./notify/decide.ts";
import { setFieldsDecider } from "./set-fields/decide.ts";
import { setRelatedDecider } from "./set-related/decide.ts";
import type { StepDecider } from "./step-kind.ts";

type Deciders = { readonly [T in StepType]: StepDecider<Extract<Step, { type: T }>> };

export const STEP_DECIDERS = {
  approve: approveDecider,
  branch: branchDecider,
  notify: notifyDecider,
  setFields: setFieldsDecider,
  createRecord: createRecordDecider,
  setRelated: setRelatedDecider,
} satisfies Deciders;

/** @throws Error for a step kind that does not exist: unknown means no */
export function deciderOf(step: Step): StepDecider {
  const decider = Object.hasOwn(STEP_DECIDERS, step.type) ? STEP_DECIDERS[step.type] : undefined;
  if (!decider) throw new Error(`there is no step kind ${String(step.type)}`);
  return decider as StepDecider;
}
