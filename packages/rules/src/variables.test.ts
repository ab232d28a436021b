import { describe, expect, test } from "vitest";
import type { Rule } from "./types.ts";
import { isVolatile, variablesOf } from "./variables.ts";

describe("variablesOf", () => {
  test("names each path once, fields of rows behind their subform", () => {
    const rule: Rule = {
      and: [
        { ">": [{ sum: [{ var: "items" }, "price"] }, { var: "limit" }] },
        { some: [{ var: "items" }, { "==": [{ var: "kind" }, { var: "kind" }] }] },
        { "==": [{ var: "customer.level" }, { var: "limit" }] },
        { in: [{ var: "owner" }, [{ var: "buyer" }]] },
      ],
    };
    expect(variablesOf(rule)).toEqual([
      "items",
      "items.price",
      "limit",
      "items.kind",
      "customer.level",
      "owner",
      "buyer",
    ]);
  });

  test("does not take a text for a path where it is a text", () => {
    expect(variablesOf({ "==": [{ var: "name" }, "limit"] })).toEqual(["name"]);
    expect(variablesOf({ min: [{ var: "a" }, { var: "b" }] })).toEqual(["a", "b"]);
  });
});

describe("isVolatile", () => {
  test("sees who and when, however deep", () => {
    expect(isVolatile({ and: [{ "<": [{ var: "due" }, { addDays: [{ today: [] }, 7] }] }] })).toBe(true);
    expect(isVolatile({ in: [{ var: "owner" }, [{ me: [] }]] })).toBe(true);
    expect(isVolatile({ "<": [{ var: "due" }, "2024-01-01"] })).toBe(false);
  });
});
