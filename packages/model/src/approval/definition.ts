import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

/** One way to find people; see steps/assignees for what each does. */
export type Assignee =
  | { readonly type: "members"; readonly members: readonly string[] }
  | { readonly type: "role"; readonly role: string; readonly within?: "all" | "department" | "departmentTree" }
  | { readonly type: "departmentHead"; readonly department?: string; readonly levelsUp?: number }
  | { readonly type: "manager"; readonly of?: "starter" | "owner"; readonly levelsUp?: number }
  | { readonly type: "memberField"; readonly field: string };

export type ApproveMode = "any" | "all" | "sequence";
export type NobodyFound = "skip" | "toAdmin" | "block";
export type TaskAction = "approve" | "reject" | "return" | "comment";

interface StepBase {
  readonly key: string;
  readonly label: LocalText;
}

export interface ApproveStep extends StepBase {
  readonly type: "approve";
  readonly who: readonly Assignee[];
  readonly mode: ApproveMode;
  readonly onNobody: NobodyFound;
  /** What to do when the starter is among the people found. */
  readonly onStarter: "decide" | "skip" | "toManager";
  /** Beside approve and reject, which are always there. */
  readonly allow: readonly ("return" | "comment")[];
  readonly requireComment: readonly ("approve" | "reject" | "return")[];
}

export interface BranchPath {
  readonly key: string;
  readonly label: LocalText;
  /** Missing on the last path only: it is taken when no other holds. */
  readonly when?: Rule;
  readonly steps: readonly Step[];
}

export interface BranchStep extends StepBase {
  readonly type: "branch";
  readonly paths: readonly BranchPath[];
}

export interface NotifyStep extends StepBase {
  readonly type: "notify";
  readonly who: readonly Assignee[];
  readonly title: LocalText;
  readonly body?: LocalText;
  readonly channels?: readonly Channel[];
}

/** Each value is a rule, evaluated on the record at that moment. */
export interface SetFieldsStep extends StepBase {
  readonly type: "setFields";
  readonly set: { readonly [field: string]: Rule };
}

/** Creates a record of another entity; each value is a rule on the triggering record. */
export interface CreateRecordStep extends StepBase {
  readonly type: "createRecord";
  readonly entity: string;
  readonly set: { readonly [field: string]: Rule };
  /** Who owns it; the triggering record's owner when absent. */
  readonly owner?: Assignee;
}

/** Sets fields of the record that a reference field of this one points to. */
export interface SetRelatedStep extends StepBase {
  readonly type: "setRelated";
  readonly reference: string;
  readonly set: { readonly [field: string]: Rule };
  /** Checked on the triggering record. */
  readonly when?: Rule;
}

export type Channel = "inbox" | "email";

export type Step = ApproveStep | BranchStep | NotifyStep | SetFieldsStep | CreateRecordStep | SetRelatedStep;
export type StepType = Step["type"];

export type ApprovalStart =
  /** By hand, from the record. */
  | { readonly on: "manual"; readonly roles: readonly string[]; readonly when?: Rule }
  /** By a transition that names this approval. */
  | { readonly on: "transition" };

export interface Approval {
  readonly kind: "approval";
  readonly key: string;
  readonly label: LocalText;
  readonly entity: string;
  readonly start: ApprovalStart;
  readonly steps: readonly Step[];
  /** A person who already approved in this instance is not asked again. */
  readonly samePersonOnce: boolean;
  /** The record is closed for edits outside the approval while it runs, unless this is true. */
  readonly keepsRecordOpen: boolean;
  readonly onStarted: readonly Step[];
  readonly onApproved: readonly Step[];
  readonly onRejected: readonly Step[];
  readonly onWithdrawn: readonly Step[];
}
