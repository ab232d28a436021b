// @vitest-environment jsdom
import type { ListView } from "@formwright/model";
import { describe, expect, test } from "vitest";
import { completeFilters } from "./filter-builder.tsx";
import { isChanged, nextSort, settingsFromParams, settingsOf, settingsToParams, sortText } from "./list-settings.ts";

const view: ListView = {
  kind: "view",
  type: "list",
  key: "all",
  label: { en: "All" },
  entity: "deal",
  columns: [
    { key: "name", field: "name" },
    { key: "amount", field: "amount" },
  ],
  sort: [{ field: "amount", direction: "desc" }],
};

describe("what somebody changes about a list", () => {
  test("survives in the address", () => {
    const settings = {
      q: "泵",
      filter: { match: "any" as const, filters: [{ field: "amount", operator: "gt" as const, value: 5 }] },
      sort: [{ field: "name", direction: "asc" as const }],
      columns: ["amount"],
    };
    expect(settingsFromParams(view, settingsToParams(view, settings))).toEqual(settings);
  });

  test("leaves no trace in the address while nothing is changed", () => {
    expect(settingsToParams(view, settingsOf(view)).toString()).toBe("");
    expect(isChanged(view, settingsOf(view))).toBe(false);
  });

  test("a filter in the address that is not one is ignored", () => {
    for (const filter of ["{", "[]", '{"match":"some"}', "null"]) {
      expect(settingsFromParams(view, new URLSearchParams({ filter })).filter.filters).toEqual([]);
    }
  });
});

test("a click on a column sorts up, then down, then as the view says", () => {
  const standard = view.sort ?? [];
  const up = nextSort(standard, "name", standard);
  const down = nextSort(up, "name", standard);
  expect([up, down, nextSort(down, "name", standard)].map(sortText)).toEqual(["name", "-name", "-amount"]);
});

test("conditions that still wait for their value are left out of the query", () => {
  const group = completeFilters({
    match: "all",
    filters: [
      { field: "a", operator: "eq", value: null },
      { field: "b", operator: "isEmpty", value: null },
      { field: "c", operator: "between", value: [1, null] },
      { field: "d", operator: "in", value: [] },
      { field: "e", operator: "gte", value: 0 },
    ],
  });
  expect(group.filters.map((filter) => filter.field)).toEqual(["b", "e"]);
});
