export { addComment } from "./add-comment.ts";
export { type ApprovalActionInput, type ApprovalActionName, actOnApproval } from "./approvals/act-on-approval.ts";
export { type ActionResult, actOnTask, type TaskActionInput, type TaskActionName } from "./approvals/act-on-task.ts";
export { assertRecordOpen } from "./approvals/assert-record-open.ts";
export {
  countTasks,
  type ListTasksOptions,
  listTasks,
  type StartedJson,
  type TaskBox,
  type TaskCounts,
  type TaskJson,
  type TaskList,
} from "./approvals/list-tasks.ts";
export {
  type ApprovalJson,
  type ApprovalLogLine,
  approvalsOfRecord,
  type PathStep,
  readApproval,
} from "./approvals/read-approval.ts";
export { startApproval } from "./approvals/start-approval.ts";
export { type StageStatus, stageStatus } from "./stages/stage-status.ts";
export { type TickInput, tickChecklist } from "./stages/tick-checklist.ts";
export { type TransitionInput, type TransitionResult, transitionRecord } from "./stages/transition-record.ts";
