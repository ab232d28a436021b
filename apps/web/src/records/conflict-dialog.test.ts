// @vitest-environment jsdom
import { expect, test } from "vitest";
import { clashes } from "./conflict-dialog.tsx";

test("only fields that both changed to something different clash", () => {
  const base = { name: "A", amount: 1, note: "x", owner: "m1" };
  const mine = { name: "B", amount: 2, note: "y" };
  const theirs = { name: "C", amount: 2, note: "x", owner: "m2" };
  expect(clashes(base, mine, theirs)).toEqual([{ field: "name", mine: "B", theirs: "C" }]);
});
