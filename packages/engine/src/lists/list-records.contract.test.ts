import type { Json } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { historyOf } from "../events/read-history.ts";
import { getRecordJson } from "../records/read-record.ts";
import { searchAll } from "../search/search-all.ts";
import { SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { bulk } from "../writes/bulk.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";
import { aggregate } from "./aggregate.ts";
import { countRecords } from "./count-records.ts";
import type { ListQuery, SortKey } from "./list-query.ts";
import { listRecordsJson } from "./list-records.ts";
import { relatedJson } from "./related.ts";

interface Listed {
  items: {
    id: string;
    values: { [key: string]: Json };
    refs: { [key: string]: { id: string; title: string | null } | null };
  }[];
  nextCursor: string | null;
  count?: { value: number; exact: boolean };
}

const DEALS = 60;

describe.each(databaseKinds)("lists on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let admin: Context;
  let seller: Context;
  let manager: Context;
  let customers: string[];
  let mine: string[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, SALES);
    const sales = await test.addDepartment("Sales");
    const north = await test.addDepartment("North", sales);
    const other = await test.addDepartment("Other");
    const people = await Promise.all([
      test.addMember("Sal", ["seller"], { department: north }),
      test.addMember("Max", ["manager"], { department: sales }),
      test.addMember("Odd", ["seller"], { department: other }),
    ]);
    admin = await test.admin();
    seller = await test.as(people[0] ?? "");
    manager = await test.as(people[1] ?? "");
    customers = [];
    for (const [index, name] of ["环球贸易", "Zeta", "alpha"].entries()) {
      const made = await createRecord(database.kysely, admin, "customer", {
        values: { name, credit: index * 100, level: ["a", "b", null][index] ?? null },
      });
      customers.push(made.id);
    }
    const create = Array.from({ length: DEALS }, (_none, index) => ({
      owner: [people[0], people[1], people[2], test.adminId][index % 4] as string,
      values: {
        name: index % 7 === 0 ? `采购审批单 ${index}` : `Deal ${index % 9}`,
        customer: index % 5 === 0 ? null : (customers[index % 3] ?? null),
        amount: index % 6 === 0 ? null : (index % 8) * 10.5,
        rate: index % 4 === 0 ? null : index % 3,
        close_on: index % 3 === 0 ? null : `2026-0${(index % 6) + 1}-15`,
        urgent: index % 3 === 0 ? null : index % 2 === 0,
        called_at: index % 10 === 0 ? null : `2026-03-${String((index % 9) + 1).padStart(2, "0")}T16:30:00Z`,
      },
    }));
    const results = await bulk(database.kysely, admin, "deal", { create });
    expect(results.every((result) => result.status === 201)).toBe(true);
    mine = results.flatMap((result, index) => (index % 4 === 0 && result.id ? [result.id] : []));
  });
  afterAll(() => database.close());

  async function list(ctx: Context, query: ListQuery, entity = "deal"): Promise<Listed> {
    return JSON.parse(await listRecordsJson(database.kysely, ctx, entity, query)) as Listed;
  }

  const SORTABLE = [
    "name",
    "amount",
    "rate",
    "weighted",
    "close_on",
    "urgent",
    "called_at",
    "customer",
    "customer.name",
    "owner",
    "created_at",
    "stage",
  ];

  it("walks every record exactly once, whatever the order, nulls and page size", async () => {
    const sort = fc.uniqueArray(
      fc.record({ field: fc.constantFrom(...SORTABLE), direction: fc.constantFrom("asc", "desc") }),
      { minLength: 1, maxLength: 3, selector: (key) => key.field },
    );
    const whole = new Set((await list(admin, { limit: 500 })).items.map((item) => item.id));
    expect(whole.size).toBe(DEALS);
    await fc.assert(
      fc.asyncProperty(sort, fc.integer({ min: 1, max: 25 }), async (keys, limit) => {
        const seen = await walk(admin, keys as SortKey[], limit);
        const atOnce = (await list(admin, { sort: keys as SortKey[], limit: 500 })).items.map((item) => item.id);
        expect(seen).toEqual(atOnce);
        expect(new Set(seen)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  async function walk(ctx: Context, sort: readonly SortKey[], limit: number): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await list(ctx, { sort, limit, cursor });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen;
  }

  it("puts empty values last in both directions", async () => {
    for (const direction of ["asc", "desc"] as const) {
      const { items } = await list(admin, { sort: [{ field: "amount", direction }], limit: 500 });
      const amounts = items.map((item) => item.values.amount ?? null);
      expect(amounts.indexOf(null)).toBe(amounts.filter((amount) => amount !== null).length);
    }
  });

  it("refuses a cursor of another query", async () => {
    const { nextCursor } = await list(admin, { sort: [{ field: "amount", direction: "asc" }], limit: 5 });
    const ask = (query: ListQuery) => list(admin, { ...query, cursor: nextCursor });
    await expect(ask({ sort: [{ field: "amount", direction: "desc" }] })).rejects.toMatchObject({ code: "malformed" });
    await expect(
      ask({ sort: [{ field: "amount", direction: "asc" }], filter: { "!!": { var: "urgent" } } }),
    ).rejects.toMatchObject({ code: "malformed" });
    await expect(list(admin, { cursor: "nonsense" })).rejects.toMatchObject({ code: "malformed" });
  });

  it("filters by own fields, through references, and by who asks", async () => {
    const cases: [Rule, (index: number) => boolean][] = [
      [{ ">": [{ var: "amount" }, 20] }, (index) => index % 6 !== 0 && (index % 8) * 10.5 > 20],
      [{ "==": [{ var: "customer.name" }, "环球贸易"] }, (index) => index % 5 !== 0 && index % 3 === 0],
      [{ "==": [{ var: "owner" }, { me: [] }] }, (index) => index % 4 === 3],
      [{ contains: [{ var: "name" }, "审批"] }, (index) => index % 7 === 0],
    ];
    for (const [filter, holds] of cases) {
      const expected = Array.from({ length: DEALS }, (_none, index) => index).filter(holds).length;
      const found = await list(admin, { filter, limit: 500, count: "exact" });
      expect(found.items.length).toBe(expected);
      expect(found.count).toEqual({ value: expected, exact: true });
    }
  });

  it("names everything that is wrong with a query", async () => {
    const wrong = list(admin, {
      filter: { ">": [{ var: "close_on" }, 5] },
      sort: [
        { field: "nope", direction: "asc" },
        { field: "items", direction: "asc" },
      ],
      fields: ["amount", "gone"],
      expand: ["name"],
      limit: 501,
    });
    await expect(wrong).rejects.toMatchObject({ code: "invalid" });
    const pointers = await wrong.catch((error: { errors: { pointer: string }[] }) =>
      error.errors.map((one) => one.pointer),
    );
    expect(pointers).toEqual(expect.arrayContaining(["/sort/0", "/sort/1", "/fields/1", "/expand/0", "/limit"]));
    expect((pointers as string[]).some((pointer) => pointer.startsWith("/filter"))).toBe(true);
  });

  it("finds substrings from two characters up, Chinese included, and titles by one letter", async () => {
    expect((await list(admin, { q: "审批", limit: 500 })).items.length).toBe(9);
    expect((await list(admin, { q: "购审 批", limit: 500 })).items.length).toBe(9);
    expect((await list(admin, { q: "批审", limit: 500 })).items.length).toBe(0);
    expect((await list(admin, { q: "采", limit: 500 })).items.length).toBe(9);
    expect((await list(admin, { q: "zET" }, "customer")).items.length).toBe(1);
    const hits = await searchAll(database.kysely, admin, "环球");
    expect(hits.items).toMatchObject([{ entity: "customer", title: "环球贸易" }]);
    const pages = await list(admin, { q: "Deal", limit: 10 });
    const next = await list(admin, { q: "Deal", limit: 10, cursor: pages.nextCursor });
    expect(next.items.some((item) => pages.items.some((one) => one.id === item.id))).toBe(false);
  });

  it("never shows a record outside a member's scope, by any function", async () => {
    const own = new Set(mine);
    const foreign = (await list(admin, { limit: 500 })).items.map((item) => item.id).find((id) => !own.has(id)) ?? "";
    expect(new Set(await walk(seller, [{ field: "amount", direction: "desc" }], 7))).toEqual(own);
    expect((await list(seller, { q: "Deal", limit: 500 })).items.every((item) => own.has(item.id))).toBe(true);
    expect(await countRecords(database.kysely, seller, "deal", {})).toEqual({ value: own.size, exact: true });
    expect(
      JSON.parse(await aggregate(database.kysely, seller, "deal", { measures: [{ fn: "count", as: "n" }] })),
    ).toEqual({ rows: [{ n: own.size }] });
    const hits = await searchAll(database.kysely, seller, "Deal", { limit: 50 });
    expect(hits.items.every((item) => own.has(item.id))).toBe(true);
    const related = JSON.parse(
      await relatedJson(database.kysely, seller, "customer", customers[1] ?? "", "deal.customer", { limit: 500 }),
    ) as Listed;
    expect(related.items.every((item) => own.has(item.id))).toBe(true);
    const refused = [
      () => getRecordJson(database.kysely, seller, "deal", foreign),
      () => historyOf(database.kysely, seller, "deal", foreign),
      () => updateRecord(database.kysely, seller, "deal", foreign, { values: { name: "x" } }),
      () => deleteRecord(database.kysely, seller, "deal", foreign),
      () => relatedJson(database.kysely, seller, "deal", foreign, "deal.customer"),
    ];
    for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: "notFound" });
    expect(
      (
        await bulk(database.kysely, seller, "deal", {
          update: [{ id: foreign, values: { name: "x" } }],
          delete: [foreign],
        })
      ).map((each) => each.status),
    ).toEqual([404, 404]);
  });

  it("adds up department trees: a manager sees what the departments below own", async () => {
    const seen = await walk(manager, [{ field: "created_at", direction: "desc" }], 50);
    expect(seen.length).toBe(DEALS / 2);
    expect(mine.every((id) => seen.includes(id))).toBe(true);
  });

  it("treats a hidden field as one that never was", async () => {
    const queries: ListQuery[] = [
      { filter: { ">": [{ var: "rate" }, 1] } },
      { filter: { ">": [{ var: "customer.credit" }, 50] } },
      { sort: [{ field: "weighted", direction: "asc" }] },
      { sort: [{ field: "customer.credit", direction: "asc" }] },
      { fields: ["rate"] },
    ];
    for (const query of queries) await expect(list(seller, query)).rejects.toMatchObject({ code: "invalid" });
    await expect(
      aggregate(database.kysely, seller, "deal", { measures: [{ fn: "sum", field: "rate" }] }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      aggregate(database.kysely, seller, "deal", { groupBy: [{ field: "rate" }], measures: [{ fn: "count" }] }),
    ).rejects.toMatchObject({ code: "invalid" });
    const { items } = await list(seller, { expand: ["customer"], limit: 500 });
    for (const item of items) expect(Object.keys(item.values)).not.toContain("rate");
    expect(JSON.stringify(items)).not.toContain('"credit"');
    const id = mine[0] ?? "";
    await updateRecord(database.kysely, admin, "deal", id, { values: { rate: 77, name: "Seen" } });
    const history = await historyOf(database.kysely, seller, "deal", id);
    expect(Object.keys(history.items[0]?.changes ?? {})).toEqual(["name"]);
    await expect(updateRecord(database.kysely, seller, "deal", id, { values: { rate: 1 } })).rejects.toMatchObject({
      errors: [{ code: "unknownProperty" }],
    });
    const customer = await createRecord(database.kysely, seller, "customer", { values: { name: "Own" } });
    await expect(
      updateRecord(database.kysely, seller, "customer", customer.id, { values: { level: "a" } }),
    ).rejects.toMatchObject({ errors: [{ pointer: "/values/level", code: "readOnly" }] });
  });

  it("groups with sums, titles of references, and buckets named by their first day in the caller's zone", async () => {
    const read = async (query: Parameters<typeof aggregate>[3]) =>
      JSON.parse(await aggregate(database.kysely, admin, "deal", query)).rows as { [key: string]: Json }[];
    const byCustomer = await read({
      groupBy: [{ field: "customer" }],
      measures: [
        { fn: "count", as: "n" },
        { fn: "sum", field: "amount", as: "total" },
      ],
      sort: [{ field: "n", direction: "desc" }],
    });
    expect(byCustomer.reduce((sum, row) => sum + Number(row.n), 0)).toBe(DEALS);
    expect(byCustomer.map((row) => row.customer__title)).toContain("环球贸易");
    const byDay = await read({
      groupBy: [{ field: "called_at", by: "day", as: "day" }],
      measures: [{ fn: "count", as: "n" }],
    });
    // 16:30 in UTC is half past midnight of the next day in Shanghai.
    expect(byDay[0]?.day).toBe("2026-03-02");
    const byQuarter = await read({
      groupBy: [{ field: "close_on", by: "quarter" }],
      measures: [{ fn: "count" }, { fn: "median", field: "amount", as: "middle" }],
    });
    expect(byQuarter.map((row) => row.close_on)).toEqual(["2026-01-01", "2026-04-01", null]);
    await expect(read({ measures: [{ fn: "sum", field: "name" }] })).rejects.toMatchObject({ code: "invalid" });
    await expect(
      read({ groupBy: [{ field: "name", as: 'x"; drop table deal; --' }], measures: [{ fn: "count" }] }),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});
