import { describe, expect, test } from "vitest";
import { parseRule, RULE_LIMITS } from "./parse-rule.ts";

const codesOf = (input: unknown): readonly string[] => {
  const parsed = parseRule(input);
  return parsed.ok ? [] : parsed.findings.map((finding) => finding.code);
};

/** `depth` operators inside each other. */
function nested(depth: number): unknown {
  let rule: unknown = true;
  for (let level = 0; level < depth; level += 1) rule = { "!": [rule] };
  return rule;
}

describe("parseRule", () => {
  test("gives the rule back, frozen and sharing nothing with the input", () => {
    const input = { and: [{ "==": [{ var: "stage" }, "won"] }, true] };
    const parsed = parseRule(input);
    expect(parsed).toEqual({ ok: true, value: input });
    if (!parsed.ok) return;
    expect(parsed.value).not.toBe(input);
    expect(Object.isFrozen(parsed.value)).toBe(true);
  });

  test("writes a variable in one way only", () => {
    expect(parseRule({ var: ["customer.level"] })).toEqual({ ok: true, value: { var: "customer.level" } });
  });

  test("refuses operators that it does not know, also those of JsonLogic and of objects", () => {
    for (const key of ["eval", "log", "missing", "map", "===", "constructor", "toString", "hasOwnProperty"])
      expect(codesOf({ [key]: [1] })).toEqual(["unknownOperator"]);
    expect(codesOf(JSON.parse('{"__proto__": [1]}'))).toEqual(["unknownOperator"]);
  });

  test.each([
    "constructor",
    "a.constructor",
    "customer.__proto__.x",
    "prototype",
    "",
    "Name",
    "a..b",
    "a b",
    "x".repeat(300),
  ])("refuses the path %j", (path) => {
    expect(codesOf({ var: path })).toEqual(["badPath"]);
  });

  test("refuses a path that is computed or has a default", () => {
    expect(codesOf({ var: { concat: ["a", "b"] } })).toEqual(["badPath"]);
    expect(codesOf({ var: ["a", 1] })).toEqual(["badPath"]);
  });

  test("refuses objects with more or less than one operator, and what is not JSON", () => {
    expect(codesOf({})).toEqual(["notARule"]);
    expect(codesOf({ "!": [true], "!!": [true] })).toEqual(["notARule"]);
    expect(codesOf(undefined)).toEqual(["notARule"]);
    expect(codesOf({ "!": [() => true] })).toEqual(["notARule"]);
    expect(codesOf(10n)).toEqual(["notARule"]);
  });

  test("goes as deep as the limit and no deeper", () => {
    expect(codesOf(nested(RULE_LIMITS.depth))).toEqual([]);
    expect(codesOf(nested(RULE_LIMITS.depth + 1))).toEqual(["tooDeep"]);
    expect(codesOf(nested(100_000))).toEqual(["tooDeep"]);
  });

  test("takes as many parts as the limit and no more", () => {
    const wide = (count: number): unknown => ({ "+": Array.from({ length: count }, () => 1) });
    expect(codesOf(wide(RULE_LIMITS.nodes - 1))).toEqual([]);
    expect(codesOf(wide(RULE_LIMITS.nodes))).toEqual(["tooLarge"]);
    expect(codesOf(wide(1_000_000))).toEqual(["tooLarge"]);
  });

  test("refuses texts that cannot be stored and numbers beyond exact arithmetic", () => {
    expect(codesOf("half a pair \ud83d")).toEqual(["badText"]);
    expect(codesOf("zero \0")).toEqual(["badText"]);
    expect(codesOf("x".repeat(RULE_LIMITS.textLength + 1))).toEqual(["badText"]);
    for (const number of [1e21, -1e300, 1e-16, Number.NaN, Number.POSITIVE_INFINITY])
      expect(codesOf(number)).toEqual(["badNumber"]);
    for (const number of [1e20, 1e-15, 0.1, -2.5]) expect(codesOf(number)).toEqual([]);
  });

  test("points to each mistake", () => {
    const parsed = parseRule({ and: [{ nope: [1] }, { "/": [1, { var: "A" }] }] });
    expect(parsed.ok ? [] : parsed.findings.map((finding) => finding.pointer)).toEqual(["/and/0", "/and/1/~1/1/var"]);
  });
});
