import type { Flow, Stage, Transition } from "@formwright/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideMove, type MoveContext, possibleMoves } from "./decide.ts";

const text = (en: string) => ({ en });
const stage = (key: string, more: Partial<Stage> = {}): Stage => ({
  key,
  label: text(key),
  category: "open",
  criteria: [],
  required: [],
  checklist: [],
  onOverdue: [],
  ...more,
});
const move = (from: string, to: string, more: Partial<Transition> = {}): Transition => ({
  key: `${from}_${to}`.replace("*", "any"),
  from,
  to,
  roles: [],
  ask: [],
  ...more,
});

const flow: Flow = {
  kind: "flow",
  key: "f",
  label: text("f"),
  entity: "deal",
  field: "stage",
  start: "a",
  stages: [
    stage("a", {
      required: ["budget"],
      criteria: [
        { key: "size", label: text("Size"), help: text("Make it big"), rule: { ">": [{ var: "amount" }, 10] } },
      ],
      checklist: [
        { key: "call", label: text("Call"), required: true },
        { key: "nice", label: text("Nice") },
      ],
    }),
    stage("b"),
    stage("won", { category: "won", required: ["date"] }),
    stage("lost", { category: "lost", required: ["reason"] }),
  ],
  transitions: [
    move("a", "b", { ask: ["plan"] }),
    move("b", "a", { requireComment: true }),
    move("b", "won", { roles: ["closer"], approval: "check" }),
    move("*", "lost", { ask: ["reason"] }),
  ],
};

const NOW = "2026-03-01T08:00:00.000Z";
const context = (record: object, more: Partial<MoveContext> = {}): MoveContext => ({
  record: record as MoveContext["record"],
  environment: { now: NOW, timeZone: "UTC", me: null, myDepartment: null },
  ticks: new Map(),
  mover: { roles: ["rep"], isAdmin: false, mayUpdate: true },
  labelOf: (field) => text(field),
  ...more,
});
const at = (key: string) => ({ stage: key, since: "2026-03-01T07:59:00.000Z" });
const TICKED = new Map([["call", { by: "ann", at: NOW }]]);
const GOOD = { budget: 1, amount: 11, plan: "x" };

describe("stage flows", () => {
  it("says all that is missing at once", () => {
    const decided = decideMove(flow, at("a"), { to: "b" }, context({}));
    expect(decided.is === "missing" && decided.missing.map(({ kind, key }) => [kind, key])).toEqual([
      ["field", "budget"],
      ["field", "plan"],
      ["criterion", "size"],
      ["checklist", "call"],
    ]);
  });

  it("moves when nothing is missing, and says how long it took", () => {
    const decided = decideMove(flow, at("a"), { to: "b", comment: " go " }, context(GOOD, { ticks: TICKED }));
    expect(decided).toMatchObject({
      is: "moved",
      state: { stage: "b", since: NOW },
      effects: [{ do: "moveStage", values: { stage: "b" }, from: "a", to: "b", seconds: 60, comment: "go" }],
    });
  });

  it("asks no exit criteria of what is given up, only its reason", () => {
    const decided = decideMove(flow, at("a"), { to: "lost" }, context({}));
    expect(decided.is === "missing" && decided.missing.map(({ key }) => key)).toEqual(["reason"]);
    expect(decideMove(flow, at("a"), { to: "lost" }, context({ reason: "dear" })).is).toBe("moved");
  });

  it("goes back only with a comment where the transition wants one", () => {
    expect(decideMove(flow, at("b"), { to: "a" }, context({}))).toMatchObject({ missing: [{ kind: "comment" }] });
    expect(decideMove(flow, at("b"), { to: "a", comment: "oops" }, context({})).is).toBe("moved");
  });

  it("refuses skips, other roles and people who may not update", () => {
    const refused = (event: string, from: string, more: Partial<MoveContext> = {}) =>
      decideMove(flow, at(from), { to: event }, context({ date: "2026-01-01" }, more));
    expect(refused("won", "a")).toMatchObject({ is: "refused", code: "noTransition" });
    expect(refused("won", "b")).toMatchObject({ code: "notYourRole" });
    expect(refused("a", "a")).toMatchObject({ code: "sameStage" });
    expect(refused("x", "a")).toMatchObject({ code: "noSuchStage" });
    const reader = { roles: ["closer"], isAdmin: false, mayUpdate: false };
    expect(refused("won", "b", { mover: reader })).toMatchObject({ code: "notYourRole" });
  });

  it("waits for an approval, and moves once it has said yes", () => {
    const closer = { mover: { roles: ["closer"], isAdmin: false, mayUpdate: true } };
    const ready = context({ date: "2026-01-01" }, closer);
    expect(decideMove(flow, at("b"), { to: "won" }, ready)).toMatchObject({
      is: "waits",
      effects: [{ do: "startApproval", approval: "check" }],
    });
    expect(decideMove(flow, at("b"), { to: "won", isApproved: true }, ready).is).toBe("moved");
    expect(decideMove(flow, at("b"), { to: "won", isApproved: true }, context({}, closer)).is).toBe("missing");
  });

  it("offers exactly the moves that it would make (property)", () => {
    const record = fc.record({
      budget: fc.option(fc.integer(), { nil: null }),
      amount: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
      plan: fc.constantFrom("", "x"),
      date: fc.constantFrom(null, "2026-01-01"),
      reason: fc.constantFrom(null, "dear"),
    });
    const mover = fc.record({
      roles: fc.subarray(["rep", "closer"]),
      isAdmin: fc.boolean(),
      mayUpdate: fc.boolean(),
    });
    const from = fc.constantFrom("a", "b", "won", "lost");
    fc.assert(
      fc.property(record, mover, from, fc.boolean(), (values, who, key, isTicked) => {
        const ctx = context(values, { mover: who, ticks: isTicked ? TICKED : new Map() });
        const moves = possibleMoves(flow, at(key), ctx);
        for (const to of flow.stages) {
          const offered = moves.find((each) => each.to.key === to.key);
          const decided = decideMove(flow, at(key), { to: to.key, comment: "because" }, ctx);
          expect(decided.is === "refused").toBe(offered === undefined);
          const asks = offered?.ask.some((field) => !values[field as keyof typeof values]) ?? false;
          if (offered) expect(decided.is === "missing").toBe(offered.missing.length > 0 || asks);
        }
      }),
    );
  });
});
