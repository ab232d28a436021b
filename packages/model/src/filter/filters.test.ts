import { evaluate, type Rule } from "@formwright/rules";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FILTER_OPERATORS } from "./filter-operators.ts";
import { type Filter, filtersToRule, filterToRule, ruleToFilters } from "./filters.ts";
import { RELATIVE_DATES } from "./relative-dates.ts";

const scalar = fc.oneof(fc.string(), fc.integer(), fc.constant("2026-01-31"));
const VALUES = {
  none: fc.constant(null),
  one: scalar,
  pair: fc.tuple(scalar, scalar),
  list: fc.array(scalar, { minLength: 1 }),
  relative: fc.constantFrom(...RELATIVE_DATES.map(({ key }) => key)),
} as const;

const filter: fc.Arbitrary<Filter> = fc.oneof(
  ...Object.entries(FILTER_OPERATORS).map(([operator, { takes }]) =>
    fc.record({
      field: fc.constantFrom("name", "owner", "customer.name"),
      operator: fc.constant(operator as Filter["operator"]),
      value: VALUES[takes] as fc.Arbitrary<Filter["value"]>,
    }),
  ),
);

describe("conditions", () => {
  it("come back from the rule that they mean", () => {
    fc.assert(
      fc.property(fc.constantFrom("all", "any"), fc.array(filter, { minLength: 2, maxLength: 5 }), (match, filters) => {
        expect(ruleToFilters(filtersToRule({ match, filters }))).toEqual({ match, filters });
      }),
      { numRuns: 500 },
    );
  });

  it("come back from moments as from dates", () => {
    const last: Filter = { field: "created_at", operator: "relative", value: "last7Days" };
    const rule = filterToRule(last, "datetime");
    expect(JSON.stringify(rule)).toContain("toDate");
    expect(ruleToFilters(rule)).toEqual({ match: "all", filters: [last] });
  });

  it("are none when there is no rule, and the rule is null when there are none", () => {
    expect(ruleToFilters(null)).toEqual({ match: "all", filters: [] });
    expect(filtersToRule({ match: "any", filters: [] })).toBeNull();
  });

  it.each<[string, Rule]>([
    ["a group in a group", { and: [{ or: [{ isEmpty: [{ var: "a" }] }] }] }],
    ["two fields compared", { "==": [{ var: "a" }, { var: "b" }] }],
    ["a computation", { ">": [{ "+": [{ var: "a" }, 1] }, 2] }],
    ["a condition on rows", { some: [{ var: "items" }, { "==": [{ var: "a" }, 1] }] }],
  ])("have no words for %s", (_what, rule) => {
    expect(ruleToFilters(rule)).toBeNull();
  });
});

describe("spans of dates", () => {
  const holds = (key: string, date: string, now: string) =>
    evaluate(
      filterToRule({ field: "day", operator: "relative", value: key }),
      { day: date },
      {
        now,
        timeZone: "Asia/Shanghai",
        me: null,
        myDepartment: null,
      },
    );

  // In Shanghai it is Tuesday, 31 March 2026, half past seven in the morning.
  const NOW = "2026-03-30T23:30:00Z";
  it.each([
    ["today", "2026-03-31", true],
    ["today", "2026-03-30", false],
    ["past", "2026-03-30", true],
    ["past", "2026-03-31", false],
    ["thisWeek", "2026-03-30", true],
    ["thisWeek", "2026-04-05", true],
    ["thisWeek", "2026-04-06", false],
    ["nextWeek", "2026-04-06", true],
    ["lastWeek", "2026-03-29", true],
    ["thisMonth", "2026-03-01", true],
    ["lastMonth", "2026-02-28", true],
    ["lastMonth", "2026-03-01", false],
    ["nextMonth", "2026-04-30", true],
    ["nextMonth", "2026-05-01", false],
    ["thisQuarter", "2026-01-01", true],
    ["lastQuarter", "2025-12-31", true],
    ["lastYear", "2025-01-01", true],
    ["last7Days", "2026-03-25", true],
    ["last7Days", "2026-03-24", false],
    ["next7Days", "2026-04-06", true],
  ])("%s holds %s: %s", (key, date, expected) => {
    expect(holds(key, date, NOW)).toBe(expected);
  });

  it("do not exist under other names", () => {
    expect(() => filterToRule({ field: "day", operator: "relative", value: "someday" })).toThrow(RangeError);
  });
});
