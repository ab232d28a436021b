import { type Finding, finding } from "../common/finding.ts";
import { parseWith } from "../common/parse-with.ts";
import type { Approval, ApprovalStart, Step, StepType } from "./definition.ts";
import { checkSteps, completeSteps } from "./parse-steps.ts";
import { APPROVAL_SCHEMA } from "./schema.ts";

const IN_APPROVALS: ReadonlySet<StepType> = new Set([
  "approve",
  "branch",
  "notify",
  "setFields",
  "createRecord",
  "setRelated",
]);
/** Where nobody can be waited for. */
export const MACHINE_STEPS: ReadonlySet<StepType> = new Set([...IN_APPROVALS].filter((type) => type !== "approve"));

/** Parses an approval; left out, one approver suffices, admins step in when nobody is found, and the record is closed meanwhile. */
export const parseApproval = parseWith<Approval>({
  schema: APPROVAL_SCHEMA,
  complete: (approval) => ({
    ...approval,
    start: completeStart(approval.start),
    steps: completeSteps(approval.steps),
    samePersonOnce: approval.samePersonOnce ?? false,
    keepsRecordOpen: approval.keepsRecordOpen ?? false,
    onStarted: completeSteps(approval.onStarted),
    onApproved: completeSteps(approval.onApproved),
    onRejected: completeSteps(approval.onRejected),
    onWithdrawn: completeSteps(approval.onWithdrawn),
  }),
  check: (approval) => [
    ...checkSteps(approval.steps, "/steps", IN_APPROVALS),
    ...somebodyDecides(approval),
    ...checkSteps(approval.onStarted, "/onStarted", MACHINE_STEPS),
    ...checkSteps(approval.onApproved, "/onApproved", MACHINE_STEPS),
    ...checkSteps(approval.onRejected, "/onRejected", MACHINE_STEPS),
    ...checkSteps(approval.onWithdrawn, "/onWithdrawn", MACHINE_STEPS),
  ],
});

function completeStart(start: ApprovalStart): ApprovalStart {
  return start.on === "manual" ? { ...start, roles: start.roles ?? [] } : start;
}

function somebodyDecides({ steps }: Approval): Finding[] {
  const decides = (list: readonly Step[]): boolean =>
    list.some(
      (step) => step.type === "approve" || (step.type === "branch" && step.paths.some((path) => decides(path.steps))),
    );
  return decides(steps) ? [] : [finding("noApprover", "/steps")];
}
