import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getRecordJson } from "../records/read-record.ts";
import { SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "./create-record.ts";
import { updateRecord } from "./update-record.ts";

describe.each(databaseKinds)("writing records on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, SALES);
  });
  afterAll(() => database.close());

  it("creates a record with defaults, a number, computed values and titles of what it refers to", async () => {
    const ctx = await test.admin();
    const customer = await createRecord(database.kysely, ctx, "customer", { values: { name: "环球贸易" } });
    const deal = await createRecord(database.kysely, ctx, "deal", {
      values: {
        name: "First",
        customer: customer.id,
        amount: 1200.5,
        rate: 25,
        tags: ["a", "b"],
        close_on: "2026-04-30",
      },
    });
    const record = JSON.parse(deal.json);
    expect(record).toMatchObject({
      id: deal.id,
      version: 1,
      values: {
        name: "First",
        code: "D-202603-001",
        customer: customer.id,
        amount: 1200.5,
        weighted: 300.13,
        tags: ["a", "b"],
        close_on: "2026-04-30",
        stage: "open",
        items: [],
      },
      refs: { customer: { id: customer.id, title: "环球贸易" }, owner: { id: test.adminId, title: "Ada" } },
      owner: test.adminId,
      abilities: { update: true, delete: true, transfer: true },
    });
    expect(JSON.parse((await getRecordJson(database.kysely, ctx, "deal", deal.id)).json)).toEqual(record);
  });

  it("changes only what is given and keeps the old and new values", async () => {
    const ctx = await test.admin();
    const { id } = await createRecord(database.kysely, ctx, "deal", { values: { name: "Second", amount: 5 } });
    const changed = await updateRecord(database.kysely, ctx, "deal", id, { values: { amount: 7 } }, { version: 1 });
    expect(JSON.parse(changed.json)).toMatchObject({ version: 2, values: { name: "Second", amount: 7 } });
    await expect(
      updateRecord(database.kysely, ctx, "deal", id, { values: { amount: 8 } }, { version: 1 }),
    ).rejects.toMatchObject({ code: "stale", extra: { current: { version: 2 } } });
    const again = await updateRecord(database.kysely, ctx, "deal", id, { values: { amount: 7 } });
    expect(again.version).toBe(2);
  });

  it("saves the rows of a subform by their ids", async () => {
    const ctx = await test.admin();
    const made = await createRecord(database.kysely, ctx, "deal", {
      values: {
        name: "Rows",
        items: [{ values: { product: "A", quantity: 1 } }, { values: { product: "B", quantity: 2 } }],
      },
    });
    const [first, second] = JSON.parse(made.json).values.items;
    const changed = await updateRecord(database.kysely, ctx, "deal", made.id, {
      values: { items: [{ id: second.id, values: { product: "B", quantity: 3 } }, { values: { product: "C" } }] },
    });
    const items = JSON.parse(changed.json).values.items;
    expect(items.map((row: { values: object }) => row.values)).toMatchObject([
      { product: "B", quantity: 3 },
      { product: "C", quantity: null },
    ]);
    expect(items[0].id).toBe(second.id);
    expect(items.map((row: { id: string }) => row.id)).not.toContain(first.id);
  });
});
