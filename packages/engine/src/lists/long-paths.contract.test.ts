import type { Rule } from "@formwright/rules";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entityOfFields } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { aggregate } from "./aggregate.ts";
import type { ListQuery } from "./list-query.ts";
import { listRecordsJson } from "./list-records.ts";

const NAME = "n".repeat(40);
const ABOVE = "a".repeat(40);
const PART = entityOfFields("part", {
  [NAME]: { "x-field": "text" },
  [ABOVE]: { "x-field": "reference", "x-options": { entity: "part" } },
});
const path = (steps: number) => [...Array(steps).fill(ABOVE), NAME].join(".");
const named = (steps: number, name: string): Rule => ({ "==": [{ var: path(steps) }, name] });
/** Reads what is three steps below the root. */
const READER = {
  kind: "role",
  key: "reader",
  label: { en: "Reader" },
  admin: false,
  entities: { part: { actions: { read: "all" }, rule: named(3, "root") } },
} as const;

describe.each(databaseKinds)("paths over several references, with keys as long as can be, on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, [PART, READER]);
    const ctx = await test.admin();
    let above: string | null = null;
    for (const name of ["root", "one", "two", "three"]) {
      const values: { [field: string]: string } = { [NAME]: name, ...(above && { [ABOVE]: above }) };
      above = (await createRecord(database.kysely, ctx, "part", { values })).id;
    }
  });
  afterAll(() => database.close());

  async function names(query: ListQuery, member = test.adminId): Promise<readonly string[]> {
    const { items } = JSON.parse(await listRecordsJson(database.kysely, await test.as(member), "part", query));
    return items.map(({ values }: { values: { [key: string]: string } }) => values[NAME]);
  }

  it("filter", async () => {
    expect(await names({ filter: named(1, "root") })).toEqual(["one"]);
    expect(await names({ filter: named(2, "root") })).toEqual(["two"]);
    expect(await names({ filter: named(3, "root") })).toEqual(["three"]);
    expect(await names({ filter: { and: [named(2, "one"), named(3, "root"), named(1, "two")] } })).toEqual(["three"]);
  });

  it("sort and group", async () => {
    const sort = [
      { field: path(2), direction: "desc" },
      { field: path(1), direction: "asc" },
    ] as const;
    expect(await names({ sort })).toEqual(["two", "three", "one", "root"]);
    const groups = await aggregate(database.kysely, await test.admin(), "part", {
      filter: named(2, "root"),
      groupBy: [{ field: path(2), as: "top" }],
    });
    expect(JSON.parse(groups)).toEqual({ rows: [{ top: "root", count: 1 }] });
  });

  it("limit what a role reads", async () => {
    expect(await names({}, await test.addMember("Reader", ["reader"]))).toEqual(["three"]);
  });
});
