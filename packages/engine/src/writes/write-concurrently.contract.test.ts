import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { historyOf } from "../events/read-history.ts";
import { listRecordsJson } from "../lists/list-records.ts";
import { getRecordJson } from "../records/read-record.ts";
import { entityOfFields, SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { bulk } from "./bulk.ts";
import { createRecord } from "./create-record.ts";
import { deleteRecord, purgeRecord, restoreRecord } from "./delete-record.ts";
import { updateRecord } from "./update-record.ts";

const TICKET = entityOfFields(
  "ticket",
  {
    title: { "x-field": "text" },
    serial: { "x-field": "text", "x-unique": true },
    phone: { "x-field": "text" },
    customer: { "x-field": "reference", "x-options": { entity: "customer" } },
    source: { "x-field": "text", "x-default": "web" },
  },
  {
    required: ["title"],
    duplicates: [
      { key: "same_title", fields: ["title"], match: "normalized", on: "warn" },
      { key: "same_phone", fields: ["phone"], match: "exact", on: "refuse" },
    ],
  },
);

describe.each(databaseKinds)("many writers on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let other: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, [...SALES, TICKET]);
    other = await TestWorkspace.make(database.kysely, [...SALES, TICKET]);
  });
  afterAll(() => database.close());

  it("numbers records without gaps or doubles, failed writes and batches in between", async () => {
    const ctx = await test.admin();
    const gone = "00000000-0000-7000-8000-000000000000";
    const singles = Array.from({ length: 24 }, (_none, index) =>
      createRecord(database.kysely, ctx, "deal", {
        values: { name: `N${index}`, ...(index % 4 === 0 && { customer: gone }) },
      }).catch(() => null),
    );
    const batch = bulk(database.kysely, ctx, "deal", {
      create: Array.from({ length: 30 }, (_none, index) => ({ values: { name: `B${index}` } })),
    });
    await Promise.all([...singles, batch]);
    const { items } = JSON.parse(await listRecordsJson(database.kysely, ctx, "deal", { limit: 500 }));
    const codes = items.map((item: { values: { code: string } }) => item.values.code).sort();
    expect(codes).toEqual(
      Array.from({ length: 48 }, (_none, index) => `D-202603-${String(index + 1).padStart(3, "0")}`),
    );
  });

  it("lets one of two win who change the same version, and keeps both changes when nobody says a version", async () => {
    const ctx = await test.admin();
    const { id } = await createRecord(database.kysely, ctx, "deal", { values: { name: "Both", amount: 0 } });
    const race = await Promise.allSettled(
      [1, 2, 3, 4].map((amount) =>
        updateRecord(database.kysely, ctx, "deal", id, { values: { amount } }, { version: 1 }),
      ),
    );
    expect(race.filter((one) => one.status === "fulfilled").length).toBe(1);
    for (const one of race) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "stale" });
    await Promise.all([
      updateRecord(database.kysely, ctx, "deal", id, { values: { name: "Changed" } }),
      updateRecord(database.kysely, ctx, "deal", id, { values: { rate: 9 } }),
      updateRecord(database.kysely, ctx, "deal", id, { values: { close_on: "2026-05-01" } }),
    ]);
    const record = JSON.parse((await getRecordJson(database.kysely, ctx, "deal", id)).json);
    expect(record).toMatchObject({ version: 5, values: { name: "Changed", rate: 9, close_on: "2026-05-01" } });
    const { items } = await historyOf(database.kysely, ctx, "deal", id);
    expect(items.length).toBe(5);
    expect(
      items
        .map((event) => Object.keys(event.changes))
        .slice(0, 3)
        .flat()
        .sort(),
    ).toEqual(["close_on", "name", "rate"]);
  });

  it("knows nothing of another workspace's ids", async () => {
    const ctx = await test.admin();
    const foreign = await createRecord(database.kysely, await other.admin(), "customer", {
      values: { name: "Theirs" },
    });
    await expect(getRecordJson(database.kysely, ctx, "customer", foreign.id)).rejects.toMatchObject({
      code: "notFound",
    });
    await expect(
      updateRecord(database.kysely, ctx, "customer", foreign.id, { values: { name: "x" } }),
    ).rejects.toMatchObject({ code: "notFound" });
    await expect(
      createRecord(database.kysely, ctx, "deal", {
        values: { name: "x", customer: foreign.id, helper: other.adminId },
        owner: other.adminId,
      }),
    ).rejects.toMatchObject({
      code: "invalid",
      errors: [{ pointer: "/values/customer" }, { pointer: "/values/helper" }, { pointer: "/owner" }],
    });
  });

  it("names every finding at once, with pointers into what was sent", async () => {
    const ctx = await test.admin();
    const wrong = createRecord(database.kysely, ctx, "deal", {
      values: {
        name: null,
        amount: 1.234,
        rate: "5",
        close_on: "2026-02-30",
        items: [{ values: { product: null } }, { values: { product: "x", price: 1e20 } }],
      },
    });
    const pointers = await wrong.catch((error: { errors: { pointer: string }[] }) =>
      error.errors.map((one) => one.pointer),
    );
    expect(pointers).toEqual(
      expect.arrayContaining([
        "/values/name",
        "/values/amount",
        "/values/rate",
        "/values/close_on",
        "/values/items/0/values/product",
        "/values/items/1/values/price",
      ]),
    );
    await expect(
      createRecord(database.kysely, ctx, "deal", { values: { amount: "x", nope: 1, code: "mine", weighted: 1 } }),
    ).rejects.toMatchObject({
      errors: [
        { pointer: "/values/nope", code: "unknownProperty" },
        { pointer: "/values/code", code: "readOnlyField" },
        { pointer: "/values/weighted" },
        { pointer: "/values/amount", code: "type" },
        { pointer: "/values/name", code: "required" },
      ],
    });
  });

  it("refuses to set a stage by hand, and lets whoever may import say where a new record stood", async () => {
    const ctx = await test.admin();
    const { id, json } = await createRecord(database.kysely, ctx, "deal", {
      values: { name: "Imported", stage: "quoted" },
    });
    expect(JSON.parse(json).values.stage).toBe("quoted");
    await expect(updateRecord(database.kysely, ctx, "deal", id, { values: { stage: "won" } })).rejects.toMatchObject({
      errors: [{ code: "useTransition" }],
    });
    const seller = await test.as(await test.addMember("Sally", ["seller"]));
    await expect(
      createRecord(database.kysely, seller, "deal", { values: { name: "x", stage: "won" } }),
    ).rejects.toMatchObject({ errors: [{ code: "useTransition" }] });
    const moved = await updateRecord(
      database.kysely,
      ctx,
      "deal",
      id,
      { values: { stage: "won" } },
      { trusted: true, event: { kind: "moved", data: { field: "stage", from: "quoted", to: "won" } } },
    );
    expect(JSON.parse(moved.json).values.stage).toBe("won");
    const { items } = await historyOf(database.kysely, ctx, "deal", id);
    expect(items[0]).toMatchObject({ kind: "moved", data: { to: "won" }, changes: { stage: ["quoted", "won"] } });
  });

  it("keeps unique values unique outside the bin, and asks again when one comes back", async () => {
    const ctx = await test.admin();
    const first = await createRecord(database.kysely, ctx, "ticket", { values: { title: "One", serial: "S1" } });
    expect(JSON.parse(first.json).values.source).toBe("web");
    await expect(
      createRecord(database.kysely, ctx, "ticket", { values: { title: "Two", serial: "S1" } }),
    ).rejects.toMatchObject({ code: "conflict", errors: [{ pointer: "/values/serial", code: "unique" }] });
    await deleteRecord(database.kysely, ctx, "ticket", first.id);
    await expect(getRecordJson(database.kysely, ctx, "ticket", first.id)).rejects.toMatchObject({ code: "notFound" });
    const bin = JSON.parse(await listRecordsJson(database.kysely, ctx, "ticket", { deleted: true }));
    expect(bin.items.map((item: { id: string }) => item.id)).toEqual([first.id]);
    const second = await createRecord(database.kysely, ctx, "ticket", { values: { title: "Three", serial: "S1" } });
    await expect(restoreRecord(database.kysely, ctx, "ticket", first.id)).rejects.toMatchObject({ code: "conflict" });
    await updateRecord(database.kysely, ctx, "ticket", second.id, { values: { serial: "S2" } });
    await restoreRecord(database.kysely, ctx, "ticket", first.id);
    await expect(purgeRecord(database.kysely, ctx, "ticket", first.id)).rejects.toMatchObject({ code: "notFound" });
    await deleteRecord(database.kysely, ctx, "ticket", first.id);
    await purgeRecord(database.kysely, ctx, "ticket", first.id);
    await expect(restoreRecord(database.kysely, ctx, "ticket", first.id)).rejects.toMatchObject({ code: "notFound" });
  });

  it("warns of a similar record, and refuses where the rule refuses", async () => {
    const ctx = await test.admin();
    await createRecord(database.kysely, ctx, "ticket", { values: { title: "Big Fish, Ltd.", phone: "12345" } });
    const like = await createRecord(database.kysely, ctx, "ticket", { values: { title: "big fish ltd" } });
    expect(like.warnings).toMatchObject([{ code: "duplicate", params: { title: "Big Fish, Ltd." } }]);
    await expect(
      createRecord(database.kysely, ctx, "ticket", { values: { title: "Else", phone: "12345" } }),
    ).rejects.toMatchObject({ code: "conflict", errors: [{ code: "duplicate" }] });
  });

  it("does not delete what others need, and says who", async () => {
    const ctx = await test.admin();
    const customer = await createRecord(database.kysely, ctx, "customer", { values: { name: "Needed" } });
    const deal = await createRecord(database.kysely, ctx, "deal", { values: { name: "Needs", customer: customer.id } });
    await expect(deleteRecord(database.kysely, ctx, "customer", customer.id)).rejects.toMatchObject({
      code: "conflict",
      extra: { referencedBy: [{ entity: "deal", count: 1 }] },
    });
    await deleteRecord(database.kysely, ctx, "deal", deal.id);
    await deleteRecord(database.kysely, ctx, "customer", customer.id);
    await expect(
      createRecord(database.kysely, ctx, "deal", { values: { name: "Late", customer: customer.id } }),
    ).rejects.toMatchObject({ errors: [{ code: "unknownReference" }] });
  });

  it("writes the good rows of a bad batch, or none of them when it is all or nothing", async () => {
    const ctx = await test.admin();
    const create = Array.from({ length: 25 }, (_none, index) => ({
      values: { title: `Row ${index}`, serial: index === 7 ? "R6" : `R${index}` },
    }));
    await expect(bulk(database.kysely, ctx, "ticket", { create }, { atomic: true })).rejects.toMatchObject({
      code: "conflict",
      extra: { index: 7 },
      errors: [{ pointer: "/create/7/values/serial", code: "unique" }],
    });
    const results = await bulk(database.kysely, ctx, "ticket", { create });
    expect(results.filter((one) => one.status === 201).length).toBe(24);
    expect(results[7]).toMatchObject({ index: 7, status: 409, problem: { code: "conflict" } });
    const ids = results.flatMap((one) => one.id ?? []);
    const after = await bulk(database.kysely, ctx, "ticket", {
      update: [{ id: ids[0] ?? "", values: { title: "New" }, version: 1 }],
      delete: ids.slice(1, 3),
    });
    expect(after.map((one) => [one.index, one.status])).toEqual([
      [0, 200],
      [1, 200],
      [2, 200],
    ]);
  });

  it("changes an owner only for those who may transfer, and the department with it", async () => {
    const department = await test.addDepartment("Movers");
    const to = await test.addMember("Target", ["manager"], { department });
    const seller = await test.as(await test.addMember("Mover", ["seller"]));
    const { id } = await createRecord(database.kysely, seller, "deal", { values: { name: "Mine" } });
    await expect(updateRecord(database.kysely, seller, "deal", id, { owner: to })).rejects.toMatchObject({
      code: "forbidden",
    });
    const ctx = await test.admin();
    const moved = await updateRecord(database.kysely, ctx, "deal", id, { values: { owner: to } });
    expect(JSON.parse(moved.json)).toMatchObject({
      owner: to,
      ownerDepartment: department,
      refs: { owner: { title: "Target" } },
    });
  });
});
