import { describe, expect, it } from "vitest";
import { recordEdit, redoEdit, startHistory, undoEdit } from "./edit-history.ts";

describe("edit history", () => {
  it("goes back and forth through edits", () => {
    const edited = recordEdit(recordEdit(startHistory("a"), "b"), "c");
    expect(undoEdit(edited).present).toBe("b");
    expect(undoEdit(undoEdit(edited)).present).toBe("a");
    expect(redoEdit(undoEdit(edited)).present).toBe("c");
  });
  it("undoes typing in one input as one step", () => {
    let history = startHistory("");
    for (const text of ["N", "Na", "Nam"]) history = recordEdit(history, text, "label");
    expect(undoEdit(history).present).toBe("");
  });
  it("forgets what was undone once something new is edited", () => {
    const branched = recordEdit(undoEdit(recordEdit(startHistory(1), 2)), 3);
    expect(redoEdit(branched)).toBe(branched);
  });
  it("ignores an edit that changes nothing, and undo at the start", () => {
    const start = startHistory(1);
    expect(recordEdit(start, 1)).toBe(start);
    expect(undoEdit(start)).toBe(start);
  });
});
