export { type ApprovalActionInput, type ApprovalActionName, actOnApproval } from "./act-on-approval.ts";
export { type ActionResult, actOnTask, type TaskActionInput, type TaskActionName } from "./act-on-task.ts";
export { addComment } from "./add-comment.ts";
export { assertRecordOpen } from "./assert-record-open.ts";
export {
  countTasks,
  type ListTasksOptions,
  listTasks,
  type StartedJson,
  type TaskBox,
  type TaskCounts,
  type TaskJson,
  type TaskList,
} from "./list-tasks.ts";
export {
  type ApprovalJson,
  type ApprovalLogLine,
  approvalsOfRecord,
  type PathStep,
  readApproval,
} from "./read-approval.ts";
export { type StageStatus, stageStatus } from "./stage-status.ts";
export { startApproval } from "./start-approval.ts";
export { type TickInput, tickChecklist } from "./tick-checklist.ts";
export { type TransitionInput, type TransitionResult, transitionRecord } from "./transition-record.ts";
