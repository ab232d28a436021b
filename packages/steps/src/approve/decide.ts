import type { ApproveStep } from "@formwright/model";
import { activeInPlaceOf } from "../organisation.ts";
import type { Entered, Run } from "../process/run.ts";
import { tasksOfStep } from "../process/state.ts";
import type { StepDecider } from "../step-kind.ts";

/** People decide. Nobody is asked twice in one round when the approval says so. */
export const approveDecider: StepDecider<ApproveStep> = {
  enter(step, run) {
    const everybody = run.find(step.who);
    const found = withoutStarter(step, run, everybody);
    const isStarterAlone = everybody.length > 0 && step.onStarter === "skip";
    if (found.length === 0) return isStarterAlone ? { go: "next" } : nobody(step, run);
    const wanted = found.filter((member) => !run.skipsPeople.includes(member));
    const satisfied = step.mode === "any" ? wanted.length < found.length : wanted.length === 0;
    if (satisfied) {
      const members = found.filter((member) => run.skipsPeople.includes(member));
      run.note({ kind: "skipped", step: step.key, why: "samePerson", members });
      return { go: "next" };
    }
    askAll(step, run, wanted);
    return { go: "wait" };
  },

  settle(step, run) {
    const tasks = tasksOfStep(run.state, step.key);
    const open = tasks.filter((task) => task.state.is === "open");
    const approved = tasks.some((task) => task.state.is === "decided" && task.state.decision === "approve");
    if (step.mode === "any" && approved) {
      for (const task of open) run.closeTask(task, "settled");
      return pass(step, run);
    }
    if (open.length > 0) return { go: "wait" };
    return step.mode === "sequence" && askNext(step, run) ? { go: "wait" } : pass(step, run);
  },

  assign(step, run, task, to) {
    const [first, ...later] = to;
    if (first === undefined) return;
    const rest = run.state.is === "running" ? run.state.queue : [];
    const queue = [...later, ...rest].filter((member) => member !== first);
    if (step.mode !== "sequence") {
      for (const member of to) run.openTask(step.key, "decide", member);
      return;
    }
    run.openTask(step.key, "decide", first);
    if (task.purpose === "assign" || later.length > 0) run.note({ kind: "queued", step: step.key, members: queue });
  },
};

function withoutStarter(step: ApproveStep, run: Run, found: readonly string[]): readonly string[] {
  const { starter } = run.state;
  if (step.onStarter === "decide" || !found.includes(starter)) return found;
  const manager = run.context.organisation.members.get(starter)?.manager ?? null;
  const active = manager === null ? null : activeInPlaceOf(run.context.organisation, manager);
  const instead = step.onStarter === "toManager" && active !== null && active !== starter ? [active] : [];
  const replaced = found.flatMap((member) => (member === starter ? instead : [member]));
  if (step.onStarter === "skip") run.note({ kind: "skipped", step: step.key, why: "starter", members: [starter] });
  return [...new Set(replaced)];
}

function nobody(step: ApproveStep, run: Run): Entered {
  if (step.onNobody === "skip") {
    run.note({ kind: "skipped", step: step.key, why: "nobody", members: [] });
    return { go: "next" };
  }
  if (step.onNobody === "block") {
    run.note({ kind: "blocked", step: step.key });
    run.openTask(step.key, "assign", null);
    return { go: "wait" };
  }
  run.openTask(step.key, "decide", null);
  return { go: "wait" };
}

function askAll(step: ApproveStep, run: Run, people: readonly string[]): void {
  const [first, ...later] = people;
  if (first === undefined) return;
  if (step.mode === "sequence") {
    run.note({ kind: "queued", step: step.key, members: later });
    run.openTask(step.key, "decide", first);
    return;
  }
  for (const member of people) run.openTask(step.key, "decide", member);
}

/** Opens the next task of a sequence; people who left meanwhile are replaced. False when the queue is empty. */
function askNext(step: ApproveStep, run: Run): boolean {
  const { organisation } = run.context;
  const queue = run.state.is === "running" ? run.state.queue : [];
  const asked = tasksOfStep(run.state, step.key).map((task) => task.assignee);
  const people = [...new Set(queue.map((member) => activeInPlaceOf(organisation, member)))].filter(
    (member) => member === null || (!asked.includes(member) && !run.skipsPeople.includes(member)),
  );
  const [next, ...later] = people;
  if (next === undefined) return false;
  run.note({ kind: "queued", step: step.key, members: later.filter((member) => member !== null) });
  run.openTask(step.key, "decide", next);
  return true;
}

function pass(step: ApproveStep, run: Run): Entered {
  run.note({ kind: "passed", step: step.key });
  return { go: "next" };
}
