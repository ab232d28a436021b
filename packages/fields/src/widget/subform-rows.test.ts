import type { Field } from "@formwright/model";
import { describe, expect, test } from "vitest";
import { cellsOf, isTable, paste, rowsOf, rowsValue, setCell } from "./subform-rows.ts";

const field = (key: string): Field => ({
  key,
  kind: "text",
  label: { en: key },
  options: {},
  required: false,
  readOnly: false,
  unique: false,
  schema: {},
});

describe("pasting cells into a subform", () => {
  const columns = [field("name"), field("amount")];
  const read = async (_field: Field, text: string) =>
    text === "?"
      ? ({ ok: false, code: "notNumber", message: { en: "no" } } as const)
      : ({ ok: true, value: text } as const);

  test("rows that are missing are added, rows that are there are laid over", async () => {
    const rows = [{ id: "1", values: { name: "a", amount: "1" } }];
    const result = await paste(rows, columns, { row: 0, column: 1 }, [["2"], ["3"]], 10, read);
    expect(result.rows).toEqual([{ id: "1", values: { name: "a", amount: "2" } }, { values: { amount: "3" } }]);
  });

  test("a cell that cannot be read leaves its place and is reported", async () => {
    const result = await paste([{ values: { name: "a" } }], columns, { row: 0, column: 0 }, [["?", "5"]], 10, read);
    expect(result.rows).toEqual([{ values: { name: "a", amount: "5" } }]);
    expect(result.unread).toEqual(["?"]);
  });

  test("no more rows than allowed are made", async () => {
    const result = await paste([], columns, { row: 0, column: 0 }, [["a"], ["b"], ["c"]], 2, read);
    expect(result.rows).toHaveLength(2);
    expect(result.unread).toEqual(["c"]);
  });

  test("cells beyond the last column are ignored", async () => {
    const result = await paste([], columns, { row: 0, column: 1 }, [["1", "2", "3"]], 5, read);
    expect(result.rows).toEqual([{ values: { amount: "1" } }]);
  });
});

test("a table is told from a single cell", () => {
  expect(isTable("one")).toBe(false);
  expect(isTable("one\n")).toBe(false);
  expect(isTable("one\ttwo")).toBe(true);
  expect(isTable("one\ntwo")).toBe(true);
});

test("quoted cells of a spreadsheet lose their quotes", () => {
  expect(cellsOf('a\t"say ""hi"""\r\nb\tc\r\n')).toEqual([
    ["a", 'say "hi"'],
    ["b", "c"],
  ]);
});

test("no rows are null, and changing a cell keeps the others", () => {
  expect(rowsValue([])).toBeNull();
  expect(rowsOf(null)).toEqual([]);
  expect(setCell([{ values: { a: 1 } }, { values: { a: 2 } }], 1, "a", 3)).toEqual([
    { values: { a: 1 } },
    { values: { a: 3 } },
  ]);
});
