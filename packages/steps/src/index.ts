export { ASSIGNEE_WAYS, type FindPeople, findPeople, type PeopleContext } from "./assignees/index.ts";
export {
  activeInPlaceOf,
  departmentAndAbove,
  type Organisation,
  type OrganisationDepartment,
  type OrganisationMember,
} from "./organisation.ts";
export { type ApprovalEvent, type Decided, decideApproval } from "./process/decide-approval.ts";
export type { Effect, EffectKind, FieldValues } from "./process/effect.ts";
export type { Refusal, RefusalCode } from "./process/refusal.ts";
export { replay, STARTER_STEP } from "./process/replay.ts";
export type { DecideContext } from "./process/run.ts";
export { decideAutomation, type StepsRun } from "./process/run-steps.ts";
export * from "./process/state.ts";
export { stepByKey } from "./process/walk.ts";
export {
  decideMove,
  type Move,
  type MoveContext,
  type MoveDecided,
  type MoveEffect,
  type MoveEvent,
  type MoveRefusal,
  type Mover,
  possibleMoves,
  type StageState,
  stageOf,
} from "./stageflow/decide.ts";
export type { Missing, StageContext, Tick } from "./stageflow/missing.ts";
export type { StepModel } from "./step-kind.ts";
export { allSteps, innerSteps, STEP_MODELS } from "./step-models.ts";
