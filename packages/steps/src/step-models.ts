import type { Step, StepType } from "@formwright/model";
import { approveModel } from "./approve/model.ts";
import { branchModel } from "./branch/model.ts";
import { createRecordModel } from "./create-record/model.ts";
import { notifyModel } from "./notify/model.ts";
import { setFieldsModel } from "./set-fields/model.ts";
import { setRelatedModel } from "./set-related/model.ts";
import type { StepModel } from "./step-kind.ts";

type Models = { readonly [T in StepType]: StepModel<Extract<Step, { type: T }>> };

/** Every step kind, in the order of the designer's palette. */
export const STEP_MODELS = {
  approve: approveModel,
  branch: branchModel,
  notify: notifyModel,
  setFields: setFieldsModel,
  createRecord: createRecordModel,
  setRelated: setRelatedModel,
} satisfies Models;

/** The sequences inside a step; none for most kinds. */
export function innerSteps(step: Step): readonly (readonly Step[])[] {
  const model = STEP_MODELS[step.type] as StepModel | undefined;
  return model ? model.inner(step) : [];
}

/** Every step of a tree, outer before inner. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...innerSteps(step).flatMap(allSteps)]);
}
