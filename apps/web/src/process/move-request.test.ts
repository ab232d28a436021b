import type { Flow } from "@formwright/model";
import { expect, test } from "vitest";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import { wantedBy } from "./move-request.ts";

const flow = {
  kind: "flow",
  key: "sales",
  label: {},
  entity: "deal",
  field: "stage",
  start: "a",
  stages: [],
  transitions: [{ key: "t", from: "a", to: "b", roles: [], ask: ["amount"], approval: "big" }],
} as Flow;
const record = { values: { stage: "a" } } as unknown as RecordJson;

test("what the flow asks, what is missing and what was refused come together once each", () => {
  const missing = {
    kind: "criterion" as const,
    key: "c",
    fields: ["budget"],
    label: {},
    message: { en: "Budget first." },
  };
  const tick = { kind: "checklist" as const, key: "call", fields: [], label: { en: "Call" }, message: {} };
  const move = {
    to: "b",
    label: {},
    missing: [missing, tick],
    ask: ["amount"],
    requireComment: true,
    needsApproval: null,
    isForward: true,
  };
  const problem = new ApiProblem(422, {
    errors: [
      { pointer: "/values/date", code: "missingForStage", message: "Fill in.", params: { fields: ["date", "amount"] } },
    ],
  });
  const needs = wantedBy(flow, record, "b", move, problem);
  expect(needs.fields).toEqual(["amount", "budget", "date"]);
  expect(needs.remarks).toEqual([{ en: "Budget first." }]);
  expect(needs.ticks).toEqual([{ key: "call", label: { en: "Call" } }]);
  expect(needs).toMatchObject({ requireComment: true, approval: null });
});

test("before the server has answered, the flow's own transition tells what will be asked", () => {
  expect(wantedBy(flow, record, "b", undefined, null)).toMatchObject({ fields: ["amount"], approval: "big" });
});
