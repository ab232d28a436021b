import { type Entity, type JsonObject, parseEntity } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { FIELD_KINDS } from "../model.ts";

const CHOICES = [
  { value: "low", label: { en: "Low" } },
  { value: "mid", label: { en: "Mid" } },
  { value: "high", label: { en: "High" } },
];

function formula(result: string, rule: Rule, scale = 2): JsonObject {
  return { "x-field": "formula", "x-options": { rule: rule as JsonObject, result, scale } };
}

const v = (key: string): Rule => ({ var: key });

/** An entity whose formulas use every operator that a stored column may hold, and each other. */
export function formulaEntity(): Entity {
  const parsed = parseEntity(
    {
      kind: "entity",
      key: "formulas",
      label: { en: "Formulas" },
      titleField: "name",
      schema: {
        type: "object",
        properties: {
          name: { "x-field": "text" },
          amount: { "x-field": "money" },
          rate: { "x-field": "percent" },
          open: { "x-field": "boolean" },
          day: { "x-field": "date" },
          at: { "x-field": "datetime" },
          size: { "x-field": "select", "x-options": { choices: CHOICES } },
          marks: { "x-field": "tags" },
          share: formula("money", { "/": [{ "*": [v("amount"), v("rate")] }, 100] }),
          rest: formula("money", { "-": [v("amount"), v("share")] }),
          rounded: formula("number", { round: [{ "/": [v("amount"), 7] }, 1] }, 3),
          lost: formula("number", { "/": [v("amount"), { "-": [v("rate"), v("rate")] }] }),
          title: formula("text", {
            concat: [{ upper: [v("name")] }, " · ", v("size"), " · ", { length: [v("name")] }],
          }),
          money_text: formula("text", { concat: ["¥", v("rest")] }),
          is_large: formula("boolean", {
            and: [{ ">": [v("rest"), 1000] }, { "!": [{ isEmpty: [v("name")] }] }, v("open")],
          }),
          is_marked: formula("boolean", { hasAny: [v("marks"), ["a", "z"]] }),
          local_day: formula("date", { toDate: [v("at")] }),
          next_month: formula("date", { addMonths: [{ startOf: [v("day"), "month"] }, 1] }),
          due: formula("date", { if: [{ "==": [v("size"), "high"] }, { addDays: [v("day"), 3] }, v("next_month")] }),
          days: formula("number", { daysBetween: [v("day"), v("local_day")] }, 0),
          years: formula("number", { year: [v("day")] }, 0),
          least: formula("number", { min: [v("amount"), v("rate"), { coalesce: [v("rounded"), 0] }] }),
        },
      },
    },
    FIELD_KINDS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}
