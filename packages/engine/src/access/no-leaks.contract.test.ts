import type { Json } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDuplicates } from "../duplicates/find-duplicates.ts";
import { entityOfFields } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";

const label = (en: string) => ({ en });

const PERSON = entityOfFields(
  "person",
  { name: { "x-field": "text" }, town: { "x-field": "text" }, secret: { "x-field": "text" } },
  {
    duplicates: [
      { key: "same", fields: ["name", "town"], match: "exact", on: "refuse" },
      { key: "hidden", fields: ["secret"], match: "exact", on: "warn" },
    ],
  },
);
const CONTRACT = entityOfFields("contract", {
  title: { "x-field": "text" },
  person: { "x-field": "reference", "x-options": { entity: "person" } },
});
const ROLE = {
  kind: "role",
  key: "clerk",
  label: label("Clerk"),
  admin: false,
  entities: {
    person: { actions: { create: "all", read: "own", update: "own", delete: "none" }, fields: { secret: "hidden" } },
  },
} as const;

describe.each(databaseKinds)("what cannot be read cannot be found out on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let clerk: string;
  let guest: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, [PERSON, CONTRACT, ROLE]);
    clerk = await test.addMember("Clerk", ["clerk"]);
    guest = await test.addMember("Guest", ["no_role"]);
  });
  afterAll(() => database.close());

  const make = async (values: { [field: string]: Json }, owner?: string) =>
    (await createRecord(database.kysely, await test.admin(), "person", { values, ...(owner && { owner }) })).id;

  it("by asking for duplicates of hidden values, or without any right to write", async () => {
    await make({ name: "Zoe", town: "Ulm", secret: "x1" });
    const admin = await test.admin();
    expect(await findDuplicates(database.kysely, admin, "person", { secret: "x1" })).toHaveLength(1);
    expect(await findDuplicates(database.kysely, await test.as(clerk), "person", { secret: "x1" })).toEqual([]);
    const values = { name: "Zoe", town: "Ulm" };
    expect(await findDuplicates(database.kysely, await test.as(clerk), "person", values)).toMatchObject([
      { rule: "same", id: null, title: null },
    ]);
    expect(await findDuplicates(database.kysely, await test.as(guest), "person", values)).toEqual([]);
    await expect(findDuplicates(database.kysely, admin, "person", { secret: 5 })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("by changing a record out of reach into the likeness of another", async () => {
    await make({ name: "Max", town: "Bonn" });
    const other = await make({ name: "Moritz", town: "Bonn" });
    const change = { values: { name: "Max" } };
    await expect(updateRecord(database.kysely, await test.as(clerk), "person", other, change)).rejects.toMatchObject({
      code: "notFound",
    });
    await expect(updateRecord(database.kysely, await test.admin(), "person", other, change)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("by deleting what one may only read", async () => {
    const mine = await make({ name: "Ida", town: "Jena" }, clerk);
    await createRecord(database.kysely, await test.admin(), "contract", { values: { title: "c", person: mine } });
    await expect(deleteRecord(database.kysely, await test.as(clerk), "person", mine)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(deleteRecord(database.kysely, await test.admin(), "person", mine)).rejects.toMatchObject({
      code: "conflict",
      extra: { referencedBy: [{ entity: "contract", count: 1 }] },
    });
  });
});
