import { FIELD_KINDS } from "@formwright/fields/model";
import { type Entity, type FormSection, parseEntity } from "@formwright/model";
import { describe, expect, test } from "vitest";
import {
  changedValues,
  defaultValues,
  errorsByField,
  fieldStates,
  findErrors,
  ruleData,
  withFormulas,
  withoutComputed,
} from "./form-logic.ts";

const environment = { now: "2026-03-01T08:00:00Z", timeZone: "Asia/Shanghai", me: "m1", myDepartment: null };

function entityOf(): Entity {
  const parsed = parseEntity(
    {
      kind: "entity",
      key: "deal",
      label: { en: "Deal" },
      titleField: "name",
      schema: {
        type: "object",
        required: ["name"],
        properties: {
          name: { "x-field": "text", "x-label": { en: "Name" } },
          amount: { "x-field": "money", "x-label": { en: "Amount" }, "x-options": { scale: 2, min: 0 } },
          rate: { "x-field": "percent", "x-label": { en: "Rate" } },
          weighted: {
            "x-field": "formula",
            "x-label": { en: "Weighted" },
            "x-options": { rule: { "/": [{ "*": [{ var: "amount" }, { var: "rate" }] }, 100] }, result: "money" },
          },
          reason: { "x-field": "text", "x-label": { en: "Reason" } },
          lines: {
            "x-field": "subform",
            "x-label": { en: "Lines" },
            items: {
              type: "object",
              required: ["quantity"],
              properties: {
                quantity: { "x-field": "number", "x-label": { en: "Quantity" } },
                price: { "x-field": "money", "x-label": { en: "Price" } },
                total: {
                  "x-field": "formula",
                  "x-label": { en: "Total" },
                  "x-options": { rule: { "*": [{ var: "quantity" }, { var: "price" }] }, result: "money" },
                },
              },
            },
          },
        },
      },
    },
    FIELD_KINDS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

const entity = entityOf();
const sections: readonly FormSection[] = [
  {
    key: "main",
    columns: 2,
    fields: [
      { key: "name", field: "name" },
      { key: "amount", field: "amount", require: { ">": [{ var: "rate" }, 50] } },
      { key: "reason", field: "reason", show: { "==": [{ var: "amount" }, 0] }, require: true },
      { key: "weighted", field: "weighted" },
      { key: "lines", field: "lines" },
    ],
  },
];
const statesFor = (values: Record<string, never> | object, locked = new Set<string>()) =>
  fieldStates(sections, entity, ruleData(entity.fields, values as never, {}), environment, locked);

describe("formulas on a form", () => {
  test("are computed as decimals while typing, in the record and in its rows", () => {
    const lines = [{ values: { quantity: 3, price: 0.1 } }];
    const values = withFormulas(entity, { amount: 0.3, rate: 10, lines }, environment);
    expect(values.weighted).toBe(0.03);
    expect(values.lines).toEqual([{ values: { quantity: 3, price: 0.1, total: 0.3 } }]);
  });

  test("are not sent", () => {
    const lines = [{ id: "1", values: { quantity: 3, total: 9 }, refs: {} }];
    const changed = changedValues(entity, {}, { name: "A", weighted: 5, lines });
    expect(withoutComputed(entity, changed)).toEqual({ name: "A", lines: [{ id: "1", values: { quantity: 3 } }] });
  });
});

describe("rules of a form", () => {
  test("show, require and lock fields while typing", () => {
    expect(statesFor({ amount: 5 }).get("reason")?.isShown).toBe(false);
    expect(statesFor({ amount: 0 }).get("reason")).toEqual({ isShown: true, isRequired: true, isReadOnly: false });
    expect(statesFor({ rate: 60 }).get("amount")?.isRequired).toBe(true);
    expect(statesFor({}).get("weighted")?.isReadOnly).toBe(true);
    expect(statesFor({}, new Set(["name"])).get("name")).toMatchObject({ isReadOnly: true, isRequired: false });
  });
});

describe("checking a form", () => {
  test("finds what is missing and what is out of bounds, and leaves hidden fields alone", () => {
    const values = { amount: -1, lines: [{ values: {} }] } as never;
    const errors = findErrors(entity, values, statesFor(values));
    expect([...errors.keys()]).toEqual(["name", "amount", "lines"]);
    expect(errors.get("lines")?.en).toContain("Row 1, Quantity");
  });

  test("too many decimal places are said, not rounded away", () => {
    const values = { name: "A", amount: 1.239 } as never;
    expect(findErrors(entity, values, statesFor(values)).has("amount")).toBe(true);
  });
});

test("only what changed is sent; emptied fields as null", () => {
  expect(changedValues(entity, { name: "A", amount: 1 }, { name: "A", amount: null })).toEqual({ amount: null });
  expect(changedValues(entity, { reason: null }, { reason: "" })).toEqual({});
});

test("findings of the server are put at their fields; others are listed", () => {
  const error = (pointer: string, message: string) => ({ pointer, code: "x", message });
  const found = errorsByField(
    [error("/values/amount", "Too small."), error("/values/lines/0/price", "No."), error("/to", "Elsewhere.")],
    entity,
  );
  expect([...found.fields]).toEqual([
    ["amount", "Too small."],
    ["lines", "No."],
  ]);
  expect(found.others).toEqual(["Elsewhere."]);
});

test("a new record starts with what the caller gives", () => {
  expect(defaultValues(entity, { name: "B" }, environment)).toEqual({ name: "B" });
});
