import type { ApprovalState, Fact, LogEntry, TaskOfStep, TaskState } from "./state.ts";

type Apply<K extends Fact["kind"]> = (
  state: ApprovalState,
  entry: LogEntry & Extract<Fact, { kind: K }>,
) => ApprovalState;

/** The step of the tree that a resubmission belongs to: none, so its task carries this mark. */
export const STARTER_STEP = "starter";

const unchanged = (state: ApprovalState): ApprovalState => state;

const APPLY: { readonly [K in Exclude<Fact["kind"], "started">]: Apply<K> } = {
  pathTaken: unchanged,
  ran: unchanged,
  commented: unchanged,
  reassigned: unchanged,
  passed: (state) => (state.is === "running" ? { ...state, step: null, queue: [] } : state),
  skipped: unchanged,
  asked: (state, entry) => {
    const task: TaskOfStep = {
      id: entry.task,
      step: entry.step,
      purpose: entry.purpose,
      assignee: entry.assignee,
      round: state.round,
      state: { is: "open" },
    };
    const tasks = [...state.tasks, task];
    if (entry.purpose !== "decide") return { ...state, tasks };
    const queue = state.is === "running" ? state.queue.filter((member) => member !== entry.assignee) : [];
    return { ...common(state), tasks, is: "running", step: entry.step, queue };
  },
  queued: (state, entry) => ({ ...common(state), is: "running", step: entry.step, queue: entry.members }),
  decided: (state, entry) => {
    const by = entry.actor ?? "";
    const decided = withTask(state, entry.task, { is: "decided", decision: entry.decision, by, at: entry.at });
    return entry.decision === "approve" ? { ...decided, approvedBy: [...new Set([...state.approvedBy, by])] } : decided;
  },
  closed: (state, entry) => withTask(state, entry.task, { is: "closed", why: entry.why }),
  blocked: (state, entry) => ({ ...common(state), is: "blocked", step: entry.step }),
  returned: (state) => ({ ...common(state), is: "returned" }),
  resubmitted: (state) => ({
    ...common(state),
    is: "running",
    step: null,
    queue: [],
    round: state.round + 1,
    approvedBy: [],
  }),
  ended: (state, entry) => ({ ...common(state), is: "ended", outcome: entry.outcome, endedAt: entry.at }),
};

/** One entry applied: the only way in which a state changes. */
export function applyEntry(state: ApprovalState | null, entry: LogEntry): ApprovalState {
  if (entry.kind === "started") {
    return {
      is: "running",
      step: null,
      queue: [],
      starter: entry.starter,
      startedAt: entry.at,
      round: 1,
      tasks: [],
      approvedBy: [],
      entries: 1,
    };
  }
  if (!state) throw new Error(`the log begins with ${entry.kind}`);
  const apply = APPLY[entry.kind] as (state: ApprovalState, entry: LogEntry) => ApprovalState;
  return { ...apply(state, entry), entries: entry.seq + 1 };
}

/** The state that a complete log leads to. @throws Error when the log is empty or does not begin with the start */
export function replay(log: readonly LogEntry[]): ApprovalState {
  const state = log.reduce<ApprovalState | null>(applyEntry, null);
  if (!state) throw new Error("the log is empty");
  return state;
}

function common(state: ApprovalState) {
  const { starter, startedAt, round, tasks, approvedBy, entries } = state;
  return { starter, startedAt, round, tasks, approvedBy, entries };
}

function withTask(state: ApprovalState, id: string, next: TaskState): ApprovalState {
  return { ...state, tasks: state.tasks.map((task) => (task.id === id ? { ...task, state: next } : task)) };
}
