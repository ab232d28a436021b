import type { Json } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import type { AggregateQuery } from "./aggregate.ts";
import { aggregate } from "./aggregate.ts";

describe.each(databaseKinds)("figures over records on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let seller: string;
  let acme: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, SALES);
    seller = await test.addMember("Sam", ["seller"]);
    const admin = await test.admin();
    const own = await test.as(seller);
    acme = (await createRecord(database.kysely, admin, "customer", { values: { name: "Acme" } })).id;
    const deals: readonly { readonly [field: string]: Json }[] = [
      { name: "a", amount: 10.1, close_on: "2026-01-31", customer: acme },
      { name: "b", amount: 20.2, close_on: "2026-02-01", called_at: "2026-01-31T17:00:00Z" },
      { name: "c", amount: null, close_on: "2026-03-31" },
      { name: "d", amount: 5, close_on: null, customer: acme },
    ];
    for (const values of deals) await createRecord(database.kysely, admin, "deal", { values });
    await createRecord(database.kysely, own, "deal", { values: { name: "e", amount: 100 } });
  });
  afterAll(() => database.close());

  const asAdmin = async (query: AggregateQuery) =>
    JSON.parse(await aggregate(database.kysely, await test.admin(), "deal", query));
  const asSeller = async (query: AggregateQuery) =>
    JSON.parse(await aggregate(database.kysely, await test.as(seller), "deal", query));

  it("counts, sums and averages exactly, skipping what is empty", async () => {
    const measures = [
      { fn: "count", as: "n" },
      { fn: "count", field: "amount", as: "filled" },
      { fn: "sum", field: "amount", as: "total" },
      { fn: "avg", field: "amount", as: "mean" },
      { fn: "median", field: "amount", as: "middle" },
      { fn: "min", field: "close_on", as: "min_close_on" },
      { fn: "max", field: "amount", as: "max_amount" },
    ] as const;
    expect((await asAdmin({ measures })).rows).toEqual([
      { n: 5, filled: 4, total: 135.3, mean: 33.825, middle: 15.15, min_close_on: "2026-01-31", max_amount: 100 },
    ]);
    const filter = { "==": [{ var: "name" }, "nobody"] };
    expect((await asAdmin({ filter, measures: measures.slice(0, 4) })).rows).toEqual([
      { n: 0, filled: 0, total: 0, mean: null },
    ]);
  });

  it("groups by a reference and says the titles", async () => {
    const found = await asAdmin({ groupBy: [{ field: "customer" }], measures: [{ fn: "count", as: "n" }] });
    expect(found.rows).toEqual([
      { customer: acme, customer__title: "Acme", n: 2 },
      { customer: null, customer__title: null, n: 3 },
    ]);
  });

  it("names a span of time by its first day, in the caller's time zone", async () => {
    const byQuarter = await asAdmin({
      groupBy: [{ field: "close_on", by: "quarter", as: "q" }],
      measures: [{ fn: "count", as: "n" }],
    });
    expect(byQuarter.rows).toEqual([
      { q: "2026-01-01", n: 3 },
      { q: null, n: 2 },
    ]);
    const byMonth = await asAdmin({
      filter: { "!": [{ isEmpty: [{ var: "called_at" }] }] },
      groupBy: [{ field: "called_at", by: "month" }],
      measures: [{ fn: "count", as: "n" }],
    });
    // 17:00 UTC on 31 January is 1 February in Shanghai.
    expect(byMonth.rows).toEqual([{ called_at: "2026-02-01", n: 1 }]);
  });

  it("sorts by any column and stops at the limit", async () => {
    const query = { groupBy: [{ field: "name" }], measures: [{ fn: "sum", field: "amount", as: "total" }] } as const;
    const found = await asAdmin({ ...query, sort: [{ field: "total", direction: "desc" }], limit: 2 });
    expect(found.rows).toEqual([
      { name: "e", total: 100 },
      { name: "b", total: 20.2 },
    ]);
  });

  it("shows a member the figures of what they may read, and nothing of hidden fields", async () => {
    expect((await asSeller({})).rows).toEqual([{ count: 1 }]);
    await expect(asSeller({ measures: [{ fn: "sum", field: "rate" }] })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ pointer: "/measures/0/field", code: "unknownField" }],
    });
    await expect(asSeller({ groupBy: [{ field: "rate" }] })).rejects.toMatchObject({ code: "invalid" });
    await expect(asSeller({ filter: { ">": [{ var: "rate" }, 1] } })).rejects.toMatchObject({ code: "invalid" });
  });

  it("refuses what makes no sense, all at once", async () => {
    const query = {
      groupBy: [{ field: "items" }, { field: "name", by: "month" as const }, { field: "nothing" }],
      measures: [{ fn: "sum" as const, field: "name" }],
      limit: 0,
    };
    await expect(asAdmin(query)).rejects.toMatchObject({
      errors: [
        { pointer: "/groupBy/0/field", code: "notGroupable" },
        { pointer: "/groupBy/1/by", code: "notGroupable" },
        { pointer: "/groupBy/2/field", code: "unknownField" },
        { pointer: "/measures/0/field", code: "notMeasurable" },
        { pointer: "/limit", code: "limit" },
      ],
    });
  });

  it("takes any name for a figure, those of its own aliases included", async () => {
    expect(await asAdmin({ measures: [{ fn: "count", as: "O" }] })).toEqual({ rows: [{ O: 5 }] });
    expect(await asAdmin({ measures: [{ fn: "count", as: "g" }] })).toEqual({ rows: [{ g: 5 }] });
    expect(await asAdmin({ measures: [{ fn: "count", as: "t" }] })).toEqual({ rows: [{ t: 5 }] });
  });
});
