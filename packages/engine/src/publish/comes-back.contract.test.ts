import type { EntityDocument, JsonObject, PublishedDefinition } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getRecordJson } from "../records/read-record.ts";
import { entityOfFields } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { discardDraft, putDraft, retireInDraft } from "./draft.ts";
import { planDraft } from "./plan-draft.ts";
import { publishDraft } from "./publish-draft.ts";

const text: JsonObject = { "x-field": "text" };
const choice = (...values: readonly string[]): JsonObject => ({
  "x-field": "select",
  "x-options": { choices: values.map((value) => ({ value, label: { en: value } })) },
});
const to = (entity: string): JsonObject => ({ "x-field": "reference", "x-options": { entity } });
const rows = (field: string): JsonObject => ({
  "x-field": "subform",
  items: {
    type: "object",
    required: [field],
    properties: { [field]: { ...text, "x-label": { en: field } } },
  } as unknown as JsonObject,
});

describe.each(databaseKinds)("what comes back after it was taken away on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;
  let made = 0;
  let entity: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely, [
      entityOfFields("house", { name: text }),
      entityOfFields("garden", { name: text }),
    ]);
  });
  beforeEach(async () => {
    entity = `plot_${++made}`;
    await discardDraft(database.kysely, await test.admin());
  });
  afterAll(() => database.close());

  const plot = (fields: { [key: string]: JsonObject }, more = {}): EntityDocument =>
    entityOfFields(entity, { name: text, ...fields }, more);

  async function publish(definition: PublishedDefinition): Promise<void> {
    await putDraft(database.kysely, await test.admin(), definition.kind, definition.key, definition);
    await publishDraft(database.kysely, await test.admin(), { message: "test" });
  }

  async function retire(key: string): Promise<void> {
    await retireInDraft(database.kysely, await test.admin(), "entity", key);
    await publishDraft(database.kysely, await test.admin(), { message: "test" });
  }

  async function planned(definition: PublishedDefinition) {
    const ctx = await test.admin();
    await putDraft(database.kysely, ctx, definition.kind, definition.key, definition);
    const { changes } = await planDraft(database.kysely, ctx);
    await discardDraft(database.kysely, ctx);
    return changes[0];
  }

  const make = async (values: JsonObject, of = entity) =>
    (await createRecord(database.kysely, await test.admin(), of, { values })).id;

  async function valuesOf(id: string) {
    return JSON.parse((await getRecordJson(database.kysely, await test.admin(), entity, id)).json).values;
  }

  it("says that a reference to another entity would be emptied, and keeps it for the one it referred to", async () => {
    await publish(plot({ where: to("house") }));
    const house = await make({ name: "House" }, "house");
    const id = await make({ name: "A", where: house });
    await publish(plot({}));
    expect(await planned(plot({ where: to("garden") }))).toMatchObject({ level: "consent", counts: { emptied: 1 } });
    expect(await planned(plot({ where: to("house") }))).toMatchObject({ level: "safe" });
    await publish(plot({ where: to("house") }));
    expect(await valuesOf(id)).toMatchObject({ where: house });
  });

  it("is refused while it holds values that are none of its choices, or too long", async () => {
    await publish(plot({ level: choice("a", "b"), note: text }));
    const id = await make({ name: "A", level: "a", note: "twelve signs" });
    await publish(plot({}));
    expect(await planned(plot({ level: choice("b", "c") }))).toMatchObject({ level: "refused", counts: { level: 1 } });
    expect(await planned(plot({ note: { ...text, "x-options": { maxLength: 5 } } }))).toMatchObject({
      level: "refused",
      counts: { note: 1 },
    });
    await publish(plot({ level: choice("a", "c") }));
    expect(await valuesOf(id)).toMatchObject({ level: "a" });
  });

  it("is refused when rows that it has lack what is required now", async () => {
    await publish(plot({ lines: rows("part") }));
    await make({ name: "A", lines: [{ values: { part: "x" } }] });
    await publish(plot({}));
    expect(await planned(plot({ lines: rows("other") }))).toMatchObject({ level: "refused" });
    expect(await planned(plot({ lines: rows("part") }))).toMatchObject({ level: "safe" });
  });

  it("is refused as an entity whose records lack what is required or unique now", async () => {
    await publish(plot({ code: text }));
    const id = await make({ name: "A", code: "same" });
    await make({ name: "B", code: "same" });
    await retire(entity);
    expect(await planned(plot({ owner_name: text }, { required: ["owner_name"] }))).toMatchObject({ level: "refused" });
    expect(await planned(plot({ code: { ...text, "x-unique": true } }))).toMatchObject({ level: "refused" });
    await publish(plot({ code: text }, { required: ["name"] }));
    expect(await valuesOf(id)).toMatchObject({ name: "A", code: "same" });
  });
});
