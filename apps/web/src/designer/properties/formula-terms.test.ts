import { describe, expect, it } from "vitest";
import { type FormulaTerms, ruleToTerms, termsToRule } from "./formula-terms.ts";

const field = (name: string) => ({ type: "field", field: name }) as const;

describe("the simple formula builder", () => {
  it("writes a calculation from left to right", () => {
    const terms: FormulaTerms = {
      first: field("quantity"),
      rest: [
        { operator: "*", operand: field("price") },
        { operator: "-", operand: { type: "number", value: 5 } },
      ],
      round: 2,
    };
    const rule = { round: [{ "-": [{ "*": [{ var: "quantity" }, { var: "price" }] }, 5] }, 2] };
    expect(termsToRule(terms)).toEqual(rule);
    expect(ruleToTerms(rule)).toEqual(terms);
  });
  it("reads an operator with several arguments as a chain", () => {
    expect(ruleToTerms({ "+": [{ var: "a" }, { var: "b" }, 1] })?.rest).toHaveLength(2);
  });
  it("leaves what it cannot show to the JSON editor", () => {
    expect(ruleToTerms({ if: [true, 1, 2] })).toBeNull();
    expect(ruleToTerms({ "+": [1, { "*": [2, { var: "a" }] }] })).toBeNull();
    expect(ruleToTerms({ "+": [{ round: [{ var: "a" }, 1] }, 2] })).toBeNull();
    expect(ruleToTerms("text")).toBeNull();
    expect(ruleToTerms(undefined)).toBeNull();
  });
});
