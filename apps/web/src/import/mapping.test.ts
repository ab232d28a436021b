import type { Entity, Field } from "@formwright/model";
import { describe, expect, it } from "vitest";
import type { UploadedColumn } from "./import-api.ts";
import {
  fillableFields,
  type ImportPlan,
  orderOf,
  planProblems,
  suggestedColumns,
  withField,
  withMeaning,
} from "./mapping.ts";

const field = (key: string, kind = "text", more: Partial<Field> = {}): Field => ({
  key,
  kind,
  label: { en: key, "zh-CN": key === "name" ? "名称" : key },
  options: {},
  required: false,
  readOnly: false,
  unique: false,
  schema: {},
  ...more,
});
const fields = [field("name", "text", { required: true }), field("sector", "select"), field("due", "date")];
const column = (index: number, header: string, suggestion: UploadedColumn["suggestion"] = null): UploadedColumn => ({
  index,
  header,
  samples: [],
  suggestion,
});
const columns = [
  column(0, "名称"),
  column(1, "Industry", { field: "sector" }),
  column(2, "Sector"),
  column(3, "Due date", { field: "due" }),
];
const plan: ImportPlan = { columns: suggestedColumns(columns, fields), mode: "create", key: null };

describe("mapping the columns of a file", () => {
  it("offers no field that nobody fills", () => {
    const entity = { fields: [...fields, field("rows", "subform"), field("sum", "formula")] } as unknown as Entity;
    expect(fillableFields(entity, (kind) => kind === "formula").map(({ key }) => key)).toEqual([
      "name",
      "sector",
      "due",
    ]);
  });
  it("begins with suggestions and equal names, no field twice", () => {
    expect(Object.entries(plan.columns).map(([at, choice]) => [at, choice.field])).toEqual([
      ["0", "name"],
      ["1", "sector"],
      ["3", "due"],
    ]);
  });
  it("names what has to be settled first", () => {
    expect(planProblems({ columns: {}, mode: "create", key: null }, fields).map(({ code }) => code)).toEqual([
      "nothingMapped",
      "requiredMissing",
    ]);
    expect(planProblems(withField(plan, 2, "sector"), fields)).toEqual([{ code: "usedTwice", field: "sector" }]);
    expect(planProblems({ ...plan, mode: "upsert", key: null }, fields)).toEqual([{ code: "keyNeeded" }]);
    expect(planProblems({ ...withField(plan, 0, null), mode: "upsert", key: "due" }, fields)).toEqual([]);
  });
  it("sends only options that say something", () => {
    const told = withMeaning(plan, 1, "technolgy", "technology");
    expect(orderOf(told).mapping[1]).toEqual({
      column: 1,
      field: "sector",
      options: { valueMap: { technolgy: "technology" } },
    });
    expect(orderOf(withMeaning(told, 1, "technolgy", null)).mapping[1]).toEqual({ column: 1, field: "sector" });
  });
});
