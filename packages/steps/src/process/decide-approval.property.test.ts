import type { Approval, ApproveStep, Assignee, Step } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Organisation, OrganisationMember } from "../organisation.ts";
import { type ApprovalEvent, decideApproval } from "./decide-approval.ts";
import type { Effect } from "./effect.ts";
import { replay } from "./replay.ts";
import type { DecideContext } from "./run.ts";
import { type ApprovalState, type LogEntry, openTasks, type TaskOfStep, tasksOfStep } from "./state.ts";
import { stepByKey } from "./walk.ts";

const PEOPLE = ["m0", "m1", "m2", "m3", "m4", "m5"] as const;
const DEPARTMENTS = ["d0", "d1", "d2"] as const;
const ROLES = ["boss", "clerk"] as const;
const person = fc.constantFrom(...PEOPLE);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const text = { en: "x" };

const organisation: fc.Arbitrary<Organisation> = fc
  .record({
    members: fc.tuple(
      ...PEOPLE.map((id) =>
        fc.record<OrganisationMember>({
          id: fc.constant(id),
          department: maybe(fc.constantFrom(...DEPARTMENTS)),
          manager: maybe(person),
          roles: fc.subarray([...ROLES]),
          isAdmin: fc.boolean(),
          isActive: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
        }),
      ),
    ),
    departments: fc.tuple(
      ...DEPARTMENTS.map((id) =>
        fc.record({ id: fc.constant(id), parent: maybe(fc.constantFrom(...DEPARTMENTS)), head: maybe(person) }),
      ),
    ),
  })
  .map(({ members, departments }) => ({
    members: new Map(members.map((member) => [member.id, member])),
    departments: new Map(departments.map((department) => [department.id, department])),
  }));

const assignee: fc.Arbitrary<Assignee> = fc.oneof(
  fc.record({ type: fc.constant("members" as const), members: fc.subarray([...PEOPLE]) }),
  fc.record({
    type: fc.constant("role" as const),
    role: fc.constantFrom(...ROLES),
    within: fc.constantFrom("all" as const, "department" as const, "departmentTree" as const),
  }),
  fc.record({ type: fc.constant("departmentHead" as const), levelsUp: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    type: fc.constant("manager" as const),
    of: fc.constantFrom("starter" as const, "owner" as const),
    levelsUp: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ type: fc.constant("memberField" as const), field: fc.constantFrom("reviewer", "nobody") }),
);

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.boolean(),
  fc.integer({ min: 0, max: 3 }).map((n) => ({ ">": [{ var: "size" }, n] })),
);

const unkeyed = fc.letrec<{ step: Step; steps: Step[]; machine: Step }>((tie) => ({
  machine: fc.oneof(
    fc.record({
      type: fc.constant("notify" as const),
      key: fc.constant(""),
      label: fc.constant(text),
      who: fc.array(assignee, { maxLength: 2 }),
      title: fc.constant(text),
    }),
    fc.record({
      type: fc.constant("setFields" as const),
      key: fc.constant(""),
      label: fc.constant(text),
      set: fc.record({ size: fc.integer({ min: 0, max: 4 }) }),
    }),
  ),
  step: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 4, arbitrary: approveStep() },
    { weight: 1, arbitrary: tie("machine") },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("branch" as const),
        key: fc.constant(""),
        label: fc.constant(text),
        paths: fc.tuple(rule, tie("steps"), tie("steps")).map(([when, first, second]) => [
          { key: "a", label: text, when, steps: first as Step[] },
          { key: "b", label: text, steps: second as Step[] },
        ]),
      }),
    },
  ),
  steps: fc.array(tie("step"), { maxLength: 3 }) as fc.Arbitrary<Step[]>,
}));

function approveStep(): fc.Arbitrary<ApproveStep> {
  return fc.record({
    type: fc.constant("approve" as const),
    key: fc.constant(""),
    label: fc.constant(text),
    who: fc.array(assignee, { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom("any" as const, "all" as const, "sequence" as const),
    onNobody: fc.constantFrom("skip" as const, "toAdmin" as const, "block" as const),
    onStarter: fc.constantFrom("decide" as const, "skip" as const, "toManager" as const),
    allow: fc.subarray(["return" as const, "comment" as const]),
    requireComment: fc.subarray(["approve" as const, "reject" as const, "return" as const]),
  });
}

/** Gives every step of the tree a key of its own. */
function withKeys(steps: readonly Step[], prefix: string): readonly Step[] {
  return steps.map((step, index) => {
    const key = `${prefix}${index}`;
    if (step.type !== "branch") return { ...step, key };
    const paths = step.paths.map((path) => ({ ...path, steps: withKeys(path.steps, `${key}${path.key}`) }));
    return { ...step, key, paths };
  });
}

const machineSteps = (prefix: string) =>
  fc.array(unkeyed.machine, { maxLength: 2 }).map((steps) => withKeys(steps, prefix));

const approval: fc.Arbitrary<Approval> = fc.record({
  kind: fc.constant("approval" as const),
  key: fc.constant("check"),
  label: fc.constant(text),
  entity: fc.constant("deal"),
  start: fc.constant({ on: "transition" as const }),
  steps: unkeyed.steps.map((steps) => withKeys(steps, "s")),
  samePersonOnce: fc.boolean(),
  keepsRecordOpen: fc.boolean(),
  onStarted: machineSteps("i"),
  onApproved: machineSteps("y"),
  onRejected: machineSteps("n"),
  onWithdrawn: machineSteps("w"),
});

/** A move in the random play: which kind, and two numbers that pick a task and a person. */
const play = fc.record({
  on: fc.constantFrom(
    "decide" as const,
    "decide" as const,
    "decide" as const,
    "decideAgain" as const,
    "stranger" as const,
    "withdraw" as const,
    "resubmit" as const,
    "resubmit" as const,
    "reassign" as const,
    "end" as const,
    "comment" as const,
    "memberLeft" as const,
    "recordGone" as const,
  ),
  decision: fc.constantFrom(
    "approve" as const,
    "approve" as const,
    "approve" as const,
    "reject" as const,
    "return" as const,
  ),
  pick: fc.nat(20),
  other: fc.nat(20),
  comment: fc.constantFrom("", "because"),
});
type Play = typeof play extends fc.Arbitrary<infer T> ? T : never;

function toEvent(move: Play, state: ApprovalState, admins: readonly string[]): ApprovalEvent {
  const open = openTasks(state);
  const task = open[move.pick % Math.max(1, open.length)];
  const done = state.tasks.filter((other) => other.state.is !== "open");
  const member = PEOPLE[move.other % PEOPLE.length] ?? "m0";
  const admin = admins[move.other % Math.max(1, admins.length)] ?? "m0";
  const { comment, decision } = move;
  const assigned = (of: TaskOfStep | undefined) => of?.assignee ?? admin;
  switch (move.on) {
    case "decide":
      return { on: "decide", task: task?.id ?? "none", by: assigned(task), decision, comment };
    case "decideAgain": {
      const again = done[move.pick % Math.max(1, done.length)];
      return { on: "decide", task: again?.id ?? "none", by: assigned(again), decision, comment };
    }
    case "stranger":
      return { on: "decide", task: task?.id ?? "none", by: member, decision, comment };
    case "withdraw":
      return { on: "withdraw", by: move.other % 8 === 0 ? state.starter : member, comment };
    case "resubmit":
      return { on: "resubmit", by: assigned(open.find((other) => other.purpose === "resubmit")), comment };
    case "reassign":
      return {
        on: "reassign",
        task: task?.id ?? "none",
        by: admin,
        to: [member, PEOPLE[move.pick % 6] ?? "m1"],
        comment,
      };
    case "end":
      return { on: "end", by: move.other % 8 === 0 ? admin : member, comment };
    case "comment":
      return { on: "comment", by: member, comment: "a thought" };
    case "recordGone":
      return move.other % 8 === 0 ? { on: "recordGone" } : { on: "comment", by: member, comment: "here" };
    case "memberLeft":
      return { on: "memberLeft", member };
  }
}

const ids = (seed: string) => {
  let next = 0;
  return () => `${seed}-${next++}`;
};

const RUNS = Number(process.env.PROPERTY_RUNS ?? 1500);
const seed = process.env.PROPERTY_SEED ? Number(process.env.PROPERTY_SEED) : Date.now() & 0x7fffffff;

describe(`approvals, random definitions and events (PROPERTY_SEED=${seed})`, () => {
  it("keeps the six invariants", () => {
    const reached = new Map<string, number>();
    const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(
        approval,
        organisation,
        person,
        fc.record({ size: fc.integer({ min: 0, max: 4 }), reviewer: maybe(person), owner: maybe(person) }),
        fc.array(play, { maxLength: 30 }),
        (definition, start, starter, record, moves) => {
          let world = start;
          let events = 0;
          const context = (): DecideContext => ({
            organisation: world,
            record,
            environment: {
              now: "2026-03-01T08:00:00.000Z",
              timeZone: "Asia/Shanghai",
              me: starter,
              myDepartment: null,
            },
            newId: ids(`e${events}`),
          });
          const begin: ApprovalEvent = { on: "start", by: starter };
          const started = decideApproval(definition, null, begin, context());
          expect(decideApproval(definition, null, begin, context())).toEqual(started);
          if (!started.ok) {
            expect(started.refusal.code).toBe("nobodyFound");
            count("refused to start");
            return;
          }
          let state = started.state;
          const log: LogEntry[] = [...started.log];
          const effects: Effect[] = [...started.effects];
          holdsAfter(definition, state, log, effects);
          for (const move of moves) {
            events++;
            const admins = [...world.members.values()].filter((m) => m.isAdmin && m.isActive).map((m) => m.id);
            const event = toEvent(move, state, admins);
            if (event.on === "memberLeft") {
              const leaver = world.members.get(event.member);
              if (!leaver) continue;
              world = { ...world, members: new Map(world.members).set(leaver.id, { ...leaver, isActive: false }) };
            }
            const before = state;
            const decided = decideApproval(definition, state, event, context());
            // The same question gets the same answer, ids included: applying it twice is harmless.
            expect(decideApproval(definition, state, event, context())).toEqual(decided);
            if (!decided.ok) {
              count(`refused: ${decided.refusal.code}`);
              continue;
            }
            count(event.on === "decide" ? event.decision : event.on);
            if (event.on === "decide") decidesOnce(before, event);
            state = decided.state;
            log.push(...decided.log);
            effects.push(...decided.effects);
            holdsAfter(definition, state, log, effects);
          }
          count(state.is === "ended" ? state.outcome : state.is);
        },
      ),
      { numRuns: RUNS, seed },
    );
    // The random play is worth something only when it gets everywhere.
    for (const word of ["approved", "rejected", "withdrawn", "ended", "returned", "resubmit", "reassign", "blocked"]) {
      expect(reached.get(word) ?? 0, `reached ${word}`).toBeGreaterThan(0);
    }
    expect(reached.get("refused: taskClosed") ?? 0).toBeGreaterThan(0);
  });
});

function decidesOnce(before: ApprovalState, event: Extract<ApprovalEvent, { on: "decide" }>) {
  const task = before.tasks.find((other) => other.id === event.task);
  expect(task?.state.is).toBe("open"); // 3: a task that is not open takes no decision
}

function holdsAfter(definition: Approval, state: ApprovalState, log: readonly LogEntry[], effects: readonly Effect[]) {
  const open = openTasks(state);
  // 1 and 2
  if (state.is === "ended") expect(open).toEqual([]);
  else expect(open.length).toBeGreaterThan(0);
  // 4
  if (state.is === "running" && state.step !== null) {
    const step = stepByKey(definition.steps, state.step);
    expect(step?.type).toBe("approve");
    const tasks = tasksOfStep(state, state.step);
    const approvals = tasks.filter((task) => task.state.is === "decided" && task.state.decision === "approve");
    if ((step as ApproveStep).mode === "any") expect(approvals).toEqual([]);
    if ((step as ApproveStep).mode === "sequence") expect(open.length).toBe(1);
    expect(open.every((task) => task.step === state.step)).toBe(true);
    const asked = open.map((task) => task.assignee).filter((member) => member !== null);
    expect(new Set(asked).size).toBe(asked.length);
  }
  // 5
  expect(replay(JSON.parse(JSON.stringify(log)))).toEqual(state);
  expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index));
  expect(state.round).toBe(1 + log.filter((entry) => entry.kind === "resubmitted").length);
  // 6
  const made = effects.filter((effect) => effect.do !== "closeTask").map((effect) => effect.id);
  expect(new Set(made).size).toBe(made.length);
  expect(effects.filter((effect) => effect.do === "endInstance").length).toBe(state.is === "ended" ? 1 : 0);
  // What the effects did to tasks is what the state says.
  const live = new Set<string>();
  for (const effect of effects) {
    if (effect.do === "openTask") live.add(effect.id);
    if (effect.do === "closeTask") expect(live.delete(effect.id)).toBe(true);
  }
  expect([...live].sort()).toEqual(open.map((task) => task.id).sort());
}
