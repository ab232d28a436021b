import { describe, expect, test } from "vitest";
import { checkRule } from "./check-rule.ts";
import type { Rule, RuleScope, RuleType, Variable } from "./types.ts";

const row: RuleScope = { resolve: (path) => (path === "price" ? { type: "number" } : null) };
const variables: Readonly<Record<string, Variable>> = {
  amount: { type: "number" },
  name: { type: "text" },
  closes: { type: "date" },
  created_at: { type: "datetime" },
  owner: { type: "id", entity: "member" },
  open: { type: "boolean" },
  labels: { type: "textList", choices: ["vip", "new"] },
  level: { type: "text", choices: ["a", "b"] },
  items: { type: "records", row },
};
const scope: RuleScope = { resolve: (path) => variables[path] ?? null };
const check = (rule: Rule, expected?: RuleType) => {
  const { type, findings } = checkRule(rule, scope, expected);
  return findings.length > 0 ? findings.map(({ code, pointer }) => `${code} ${pointer}`) : type;
};
const v = (path: string): Rule => ({ var: path });

describe("checkRule", () => {
  test("gives the type of the whole", () => {
    expect(check({ "+": [v("amount"), 1] })).toBe("number");
    expect(check({ if: [v("open"), "a", null] })).toBe("text");
    expect(check({ addDays: [v("created_at"), 1] })).toBe("datetime");
    expect(check({ addDays: [v("closes"), 1] })).toBe("date");
    expect(check({ me: [] })).toBe("id");
    expect(check(null)).toBe("null");
  });

  test("refuses to compare a date with a number, and names the place", () => {
    expect(check({ and: [v("open"), { "<": [v("closes"), 3] }] })).toEqual(["differentTypes /and/1/</1"]);
    const [finding] = checkRule({ "<": [v("closes"), 3] }, scope).findings;
    expect(finding?.message).toEqual({
      en: "A date and a number cannot be used together",
      "zh-CN": "日期和数字不能一起使用",
    });
  });

  test("refuses to compare a date with a moment, unless it is made a date", () => {
    expect(check({ "==": [v("closes"), v("created_at")] })).toEqual(["differentTypes /==/1"]);
    expect(check({ "==": [v("closes"), { toDate: [v("created_at")] }] })).toBe("boolean");
  });

  test("reads a text beside a date, a moment or a record as one, and refuses texts that are none", () => {
    expect(check({ ">": [v("closes"), "2024-02-29"] })).toBe("boolean");
    expect(check({ ">": [v("closes"), "2023-02-29"] })).toEqual(["differentTypes />/1"]);
    expect(check({ "==": [v("created_at"), "2024-02-29T08:00:00+08:00"] })).toBe("boolean");
    expect(check({ "==": [v("created_at"), "2024-02-29T08:00:00"] })).toEqual(["differentTypes /==/1"]);
    expect(check({ "==": [v("owner"), "0190a000-0000-7000-8000-000000000001"] })).toBe("boolean");
    expect(check({ "==": [v("owner"), "Mary"] })).toEqual(["differentTypes /==/1"]);
    expect(check({ "==": [v("closes"), { if: [v("open"), "2024-01-31", null] }] })).toBe("boolean");
  });

  test("does not take a text for a number, but for decimals that a JSON number cannot hold", () => {
    expect(check({ ">": [v("amount"), "100"] })).toEqual(["differentTypes />/1"]);
    expect(check({ ">": [v("amount"), "12345678901234567.89"] })).toBe("boolean");
  });

  test("refuses names that are not there", () => {
    expect(check({ isEmpty: [v("nothing")] })).toEqual(["unknownVariable /isEmpty/0"]);
    expect(check({ sum: [v("items"), "weight"] })).toEqual(["unknownVariable /sum/1"]);
    expect(check({ some: [v("items"), { ">": [v("amount"), 1] }] })).toEqual(["unknownVariable /some/1/>/0"]);
  });

  test("takes the field of a row by name or as a rule", () => {
    expect(check({ sum: [v("items"), "price"] })).toBe("number");
    expect(check({ sum: [v("items"), { "*": [v("price"), 2] }] })).toBe("number");
    expect(check({ max: [v("items"), v("price")] })).toBe("number");
    expect(check({ count: [v("items")] })).toBe("number");
    expect(check({ sum: [v("amount"), "price"] })).toEqual(["wrongType /sum/0"]);
  });

  test("refuses choices that a field does not have", () => {
    expect(check({ "==": [v("level"), "c"] })).toEqual(["unknownChoice /==/1"]);
    expect(check({ in: [v("level"), ["a", "c"]] })).toEqual(["unknownChoice /in/1/1"]);
    expect(check({ hasAny: [v("labels"), ["vip", "old"]] })).toEqual(["unknownChoice /hasAny/1"]);
    expect(check({ coalesce: [v("level"), "none"] })).toBe("text");
  });

  test("wants conditions where conditions stand", () => {
    expect(check({ and: [v("open"), v("name")] })).toEqual(["wrongType /and/1"]);
    expect(check({ "!": [v("amount")] })).toEqual(["wrongType /!/0"]);
    expect(check({ if: [v("amount"), 1, 2] })).toEqual(["wrongType /if/0"]);
    expect(check({ if: [v("open"), 1, "two"] })).toEqual(["differentTypes /if/2"]);
  });

  test("counts arguments", () => {
    expect(check({ "==": [v("amount")] })).toEqual(["argumentCount "]);
    expect(check({ today: [1] })).toEqual(["argumentCount "]);
    expect(check({ "-": [1, 2, 3] })).toEqual(["argumentCount "]);
  });

  test("wants units and places written in the rule", () => {
    expect(check({ startOf: [v("closes"), "decade"] })).toEqual(["notConstant /startOf/1"]);
    expect(check({ round: [v("amount"), v("amount")] })).toEqual(["notConstant /round/1"]);
    expect(check({ round: [v("amount"), 11] })).toEqual(["notConstant /round/1"]);
  });

  test("checks what the whole has to give", () => {
    expect(check(v("amount"), "boolean")).toEqual(["wrongType "]);
    expect(check("2024-01-31", "date")).toBe("date");
    expect(check(null, "date")).toBe("date");
    expect(check("soon", "date")).toEqual(["wrongType "]);
  });

  test("gives one finding for one mistake", () => {
    expect(check({ "+": [{ "*": [{ nope: [1] }, 2] }, 1] })).toEqual(["unknownOperator /+/0/*/0"]);
    expect(check({ "+": [{ "*": [v("nope"), 2] }, 1] })).toEqual(["unknownVariable /+/0/*/0"]);
  });
});
