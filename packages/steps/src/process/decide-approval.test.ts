import type { Approval, ApproveStep } from "@formwright/model";
import { describe, expect, it } from "vitest";
import type { Organisation } from "../organisation.ts";
import { type ApprovalEvent, type Decided, decideApproval } from "./decide-approval.ts";
import { decideAutomation } from "./run-steps.ts";
import { type ApprovalState, openTasks } from "./state.ts";

const text = { en: "x" };
const NOW = "2026-03-01T08:00:00.000Z";

const organisation: Organisation = {
  members: new Map(
    ["ann", "bob", "cid", "admin"].map((id) => [
      id,
      {
        id,
        department: null,
        manager: id === "ann" ? "bob" : null,
        roles: [],
        isAdmin: id === "admin",
        isActive: true,
      },
    ]),
  ),
  departments: new Map(),
};

function step(key: string, members: readonly string[], more: Partial<ApproveStep> = {}): ApproveStep {
  return {
    type: "approve",
    key,
    label: text,
    who: [{ type: "members", members }],
    mode: "all",
    onNobody: "block",
    onStarter: "decide",
    allow: ["return"],
    requireComment: [],
    ...more,
  };
}

function approval(steps: Approval["steps"], more: Partial<Approval> = {}): Approval {
  return {
    kind: "approval",
    key: "a",
    label: text,
    entity: "deal",
    start: { on: "transition" },
    steps,
    samePersonOnce: false,
    keepsRecordOpen: false,
    onStarted: [],
    onApproved: [],
    onRejected: [],
    onWithdrawn: [],
    ...more,
  };
}

/** Plays events one after the other; each must be accepted. */
function play(definition: Approval, ...events: readonly (ApprovalEvent | ((state: ApprovalState) => ApprovalEvent))[]) {
  let state: ApprovalState | null = null;
  const effects: object[] = [];
  for (const [index, next] of events.entries()) {
    const event = typeof next === "function" ? next(state as unknown as ApprovalState) : next;
    const decided = decide(definition, state, event, index);
    if (!decided.ok) throw new Error(decided.refusal.code);
    state = decided.state;
    effects.push(...decided.effects);
  }
  return { state: state as unknown as ApprovalState, effects };
}

function decide(definition: Approval, state: ApprovalState | null, event: ApprovalEvent, index = 0): Decided {
  let next = 0;
  return decideApproval(definition, state, event, {
    organisation,
    record: { id: "r1", amount: 5, owner: "ann" },
    environment: { now: NOW, timeZone: "UTC", me: "ann", myDepartment: null },
    newId: () => `${index}-${next++}`,
  });
}

const start: ApprovalEvent = { on: "start", by: "ann" };
const approve =
  (by: string) =>
  (state: ApprovalState): ApprovalEvent => ({
    on: "decide",
    by,
    decision: "approve",
    task: openTasks(state).find((task) => task.assignee === by)?.id ?? "none",
  });
const asked = (state: ApprovalState) => openTasks(state).map((task) => task.assignee);

describe("approvals", () => {
  it("asks one after the other in a sequence", () => {
    const definition = approval([step("s", ["bob", "cid", "ann"], { mode: "sequence" })]);
    expect(asked(play(definition, start).state)).toEqual(["bob"]);
    expect(asked(play(definition, start, approve("bob")).state)).toEqual(["cid"]);
    expect(play(definition, start, approve("bob"), approve("cid"), approve("ann")).state).toMatchObject({
      is: "ended",
      outcome: "approved",
    });
  });

  it("closes the siblings when any of them decides", () => {
    const definition = approval([step("s", ["bob", "cid"], { mode: "any" })]);
    const { state } = play(definition, start, approve("cid"));
    expect(state.tasks.map((task) => task.state.is)).toEqual(["closed", "decided"]);
    const late = decide(definition, state, { on: "decide", by: "bob", decision: "reject", task: "0-0" });
    expect(late).toMatchObject({ ok: false, refusal: { code: "taskClosed", happened: { why: "settled" } } });
  });

  it("treats the starter among the approvers as the step says", () => {
    const who = ["ann", "cid"];
    expect(asked(play(approval([step("s", who, { onStarter: "decide" })]), start).state)).toEqual(["ann", "cid"]);
    expect(asked(play(approval([step("s", who, { onStarter: "skip" })]), start).state)).toEqual(["cid"]);
    expect(asked(play(approval([step("s", who, { onStarter: "toManager" })]), start).state)).toEqual(["bob", "cid"]);
    expect(play(approval([step("s", ["ann"], { onStarter: "skip" })]), start).state.is).toBe("ended");
  });

  it("asks a person once when the approval says so, and again after a resubmission", () => {
    const definition = approval([step("one", ["bob"]), step("two", ["bob"]), step("three", ["cid", "bob"])], {
      samePersonOnce: true,
    });
    expect(asked(play(definition, start, approve("bob")).state)).toEqual(["cid"]);
    const back = (state: ApprovalState): ApprovalEvent => ({
      on: "decide",
      by: "cid",
      decision: "return",
      task: openTasks(state)[0]?.id ?? "",
    });
    const { state } = play(definition, start, approve("bob"), back, { on: "resubmit", by: "ann" });
    expect(asked(state)).toEqual(["bob"]);
  });

  it("skips, asks the admins or refuses to start when nobody is found", () => {
    expect(play(approval([step("s", ["nobody"], { onNobody: "skip" })]), start).state.is).toBe("ended");
    expect(asked(play(approval([step("s", ["nobody"], { onNobody: "toAdmin" })]), start).state)).toEqual([null]);
    expect(decide(approval([step("s", ["nobody"])]), null, start)).toMatchObject({
      ok: false,
      refusal: { code: "nobodyFound", step: "s" },
    });
  });

  it("waits for an admin to name somebody when nobody is found on the way", () => {
    const definition = approval([step("one", ["bob"]), step("two", ["nobody"])]);
    const { state } = play(definition, start, approve("bob"));
    expect(state).toMatchObject({ is: "blocked", step: "two" });
    const task = openTasks(state)[0]?.id ?? "";
    const named = play(definition, start, approve("bob"), { on: "reassign", by: "admin", task, to: ["cid"] });
    expect(asked(named.state)).toEqual(["cid"]);
    expect(decide(definition, state, { on: "reassign", by: "bob", task, to: ["cid"] })).toMatchObject({
      refusal: { code: "notYours" },
    });
  });

  it("runs what its outcome sets in motion before it says that it has ended", () => {
    const set = { type: "setFields", key: "f", label: text, set: { amount: { "+": [{ var: "amount" }, 1] } } } as const;
    const branch = {
      type: "branch",
      key: "b",
      label: text,
      paths: [
        { key: "six", label: text, when: { "==": [{ var: "amount" }, 6] }, steps: [{ ...set, key: "g" }] },
        { key: "else", label: text, steps: [] },
      ],
    } as const;
    const { effects } = play(approval([], { onApproved: [set, branch] }), start);
    expect(effects).toMatchObject([
      { do: "setFields", values: { amount: 6 } },
      { do: "setFields", values: { amount: 7 } },
      { do: "endInstance", outcome: "approved" },
    ]);
  });
});

describe("automations", () => {
  const context = {
    organisation,
    record: { id: "r1", amount: 5, owner: "ann", customer: { id: "c1", level: "a" } },
    environment: { now: NOW, timeZone: "UTC", me: null, myDepartment: null },
    newId: () => "id",
  };
  const automation = {
    kind: "automation",
    key: "a",
    label: text,
    enabled: true,
    trigger: { on: "created", entity: "deal" },
  } as const;

  it("does nothing when its condition fails", () => {
    expect(decideAutomation({ ...automation, when: { ">": [{ var: "amount" }, 9] }, steps: [] }, context)).toBeNull();
  });

  it("writes to the record that a reference points to, walked or not", () => {
    const steps = [
      { type: "setRelated", key: "r", label: text, reference: "customer", set: { level: { var: "customer.level" } } },
    ] as const;
    const expected = [{ do: "setRelated", target: "c1", values: { level: "a" } }];
    expect(decideAutomation({ ...automation, steps }, context)?.effects).toMatchObject(expected);
  });

  it("refuses steps for people", () => {
    expect(() => decideAutomation({ ...automation, steps: [step("s", ["bob"])] }, context)).toThrow(/waits for people/);
  });
});
