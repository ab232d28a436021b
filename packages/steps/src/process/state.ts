export type Outcome = "approved" | "rejected" | "withdrawn" | "ended";
export type Decision = "approve" | "reject" | "return";

/** What a task asks of its person. `assign`: an admin must name somebody, because nobody was found. */
export type TaskPurpose = "decide" | "resubmit" | "assign";

export type TaskState =
  | { readonly is: "open" }
  | { readonly is: "decided"; readonly decision: Decision; readonly by: string; readonly at: string }
  | { readonly is: "closed"; readonly why: ClosedWhy };

/** settled: the step was decided without this person. */
export type ClosedWhy = "settled" | "reassigned" | "left" | "withdrawn" | "ended" | "resubmitted";

export interface TaskOfStep {
  readonly id: string;
  readonly step: string;
  readonly purpose: TaskPurpose;
  /** Null: any admin. */
  readonly assignee: string | null;
  /** 1 for the first time through, one more after each resubmission. */
  readonly round: number;
  readonly state: TaskState;
}

interface Common {
  readonly starter: string;
  readonly startedAt: string;
  readonly round: number;
  readonly tasks: readonly TaskOfStep[];
  /** Who approved in this round. */
  readonly approvedBy: readonly string[];
  /** Number of log entries so far: the next one's `seq`. */
  readonly entries: number;
}

/** An approval instance. Rebuilt from its log by {@link replay}. */
export type ApprovalState =
  /** `step` is null only while the start or a resubmission is being worked through. */
  | (Common & { readonly is: "running"; readonly step: string | null; readonly queue: readonly string[] })
  /** Nobody was found for `step`: an admin has the task to name somebody. */
  | (Common & { readonly is: "blocked"; readonly step: string })
  /** With the starter, who resubmits or withdraws. */
  | (Common & { readonly is: "returned" })
  | (Common & { readonly is: "ended"; readonly outcome: Outcome; readonly endedAt: string });

export type SkippedWhy = "nobody" | "starter" | "samePerson";

/** What happened: the entries of an instance's log. State is a fold over them and nothing else. */
export type Fact =
  | { readonly kind: "started"; readonly starter: string; readonly comment?: string }
  | { readonly kind: "pathTaken"; readonly step: string; readonly path: string }
  | { readonly kind: "ran"; readonly step: string; readonly effects: readonly string[] }
  | { readonly kind: "skipped"; readonly step: string; readonly why: SkippedWhy; readonly members: readonly string[] }
  | {
      readonly kind: "asked";
      readonly step: string;
      readonly task: string;
      readonly purpose: TaskPurpose;
      readonly assignee: string | null;
    }
  /** Who is asked next, one after the other. */
  | { readonly kind: "queued"; readonly step: string; readonly members: readonly string[] }
  | {
      readonly kind: "decided";
      readonly step: string;
      readonly task: string;
      readonly decision: Decision;
      readonly comment?: string;
    }
  | { readonly kind: "closed"; readonly step: string; readonly task: string; readonly why: ClosedWhy }
  | { readonly kind: "passed"; readonly step: string }
  | { readonly kind: "blocked"; readonly step: string }
  | { readonly kind: "returned"; readonly step: string; readonly comment?: string }
  | { readonly kind: "resubmitted"; readonly comment?: string }
  | { readonly kind: "commented"; readonly step?: string; readonly comment: string }
  | {
      readonly kind: "reassigned";
      readonly step: string;
      readonly task: string;
      readonly to: readonly string[];
      readonly comment?: string;
    }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly comment?: string };

export type LogEntry = Fact & {
  /** From 0, without gaps. */
  readonly seq: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Member id; null when the system did it. */
  readonly actor: string | null;
};

/** The tasks of one step in the round that runs. */
export function tasksOfStep(state: ApprovalState, step: string): readonly TaskOfStep[] {
  return state.tasks.filter((task) => task.step === step && task.round === state.round);
}

export function openTasks(state: ApprovalState): readonly TaskOfStep[] {
  return state.tasks.filter((task) => task.state.is === "open");
}
