import type { EntityDocument, JsonObject, PublishedDefinition } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listRecordsJson } from "../lists/list-records.ts";
import { loadModel } from "../model/load-model.ts";
import { getRecordJson } from "../records/read-record.ts";
import { deriveIndexes } from "../tables/derive-indexes.ts";
import { readTables } from "../tables/read-tables.ts";
import { tablesOf } from "../tables/table-spec.ts";
import { entityOfFields, SALES } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { discardDraft, putDraft, readDraft, retireInDraft } from "./draft.ts";
import { planDraft } from "./plan-draft.ts";
import { publishDraft, restoreRelease } from "./publish-draft.ts";
import { diffReleases, listReleases, readRelease } from "./releases.ts";

const text: JsonObject = { "x-field": "text" };

describe.each(databaseKinds)("publishing on %s", (kind) => {
  let database: TestDatabase;
  let test: TestWorkspace;

  let made = 0;
  let entity: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await TestWorkspace.make(database.kysely);
  });
  beforeEach(async () => {
    entity = `project_${++made}`;
    await discardDraft(database.kysely, await test.admin());
  });
  afterAll(() => database.close());

  async function put(...definitions: readonly PublishedDefinition[]): Promise<void> {
    const ctx = await test.admin();
    for (const definition of definitions)
      await putDraft(database.kysely, ctx, definition.kind, definition.key, definition);
  }

  async function publish(...definitions: readonly PublishedDefinition[]): Promise<number> {
    await put(...definitions);
    return (await publishDraft(database.kysely, await test.admin(), { message: "test" })).release;
  }

  function project(
    fields: { [key: string]: JsonObject },
    more: Parameters<typeof entityOfFields>[2] = {},
  ): EntityDocument {
    return entityOfFields(entity, { name: text, ...fields }, more);
  }

  async function make(values: { [field: string]: string | number | null }, of = entity): Promise<string> {
    return (await createRecord(database.kysely, await test.admin(), of, { values })).id;
  }

  async function valuesOf(id: string, of = entity) {
    return JSON.parse((await getRecordJson(database.kysely, await test.admin(), of, id)).json).values;
  }

  /** Says in one form what a model wants and what PostgreSQL has. */
  async function expectTablesAsPublished(): Promise<void> {
    const model = await loadModel(database.kysely, test.workspace);
    const actual = await readTables(database.kysely, test.workspace.schema);
    for (const spec of tablesOf(model, test.workspace.timeZone)) {
      const there = actual.get(spec.name);
      for (const column of spec.columns)
        expect([spec.name, there?.columns.get(column.name)]).toMatchObject([
          spec.name,
          { type: column.type, notNull: column.notNull, isGenerated: column.generated !== null },
        ]);
      expect([...(there?.foreignKeys.keys() ?? [])].sort()).toEqual(spec.foreignKeys.map(({ name }) => name).sort());
      const uniques = [...(there?.indexes.values() ?? [])].filter((index) => index.isUnique);
      expect(uniques.map(({ name }) => name).sort()).toEqual(spec.uniques.map(({ name }) => name).sort());
    }
    for (const index of deriveIndexes(model, test.workspace.schema))
      expect([index.name, actual.get(index.table)?.indexes.get(index.name)?.isValid]).toEqual([index.name, true]);
  }

  it("makes tables, keys and indexes that are exactly what was published", async () => {
    await publish(
      project({ budget: { "x-field": "money" }, serial: { ...text, "x-unique": true } }, { required: ["budget"] }),
    );
    await publish({
      kind: "view",
      key: entity,
      label: { en: "Projects" },
      entity,
      type: "list",
      columns: [{ key: "name", field: "name" }],
      sort: [{ field: "budget", direction: "desc" }],
    } as PublishedDefinition);
    await expectTablesAsPublished();
  });

  it("keeps a draft apart from what is live, and says what publishing would do", async () => {
    const before = (await test.admin()).model.release;
    await put(project({ budget: { "x-field": "money" } }));
    const ctx = await test.admin();
    expect(ctx.model.entities.has(entity)).toBe(false);
    expect((await readDraft(database.kysely, ctx)).changes).toMatchObject([
      { kind: "entity", key: entity, action: "put" },
    ]);
    const plan = await planDraft(database.kysely, ctx);
    expect(plan).toMatchObject({ release: before, findings: [], changes: [{ action: "create", level: "safe" }] });
    await discardDraft(database.kysely, ctx);
    await expect(publishDraft(database.kysely, ctx, { message: "x" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("refuses a definition that cannot be parsed, and keeps one that does not fit yet but will not publish it", async () => {
    const ctx = await test.admin();
    await expect(
      putDraft(database.kysely, ctx, "entity", entity, { kind: "entity", key: entity }),
    ).rejects.toMatchObject({ code: "invalid" });
    const kept = await putDraft(
      database.kysely,
      ctx,
      "entity",
      entity,
      project({ customer: { "x-field": "reference", "x-options": { entity: "nobody" } } }),
    );
    expect(kept.findings.length).toBeGreaterThan(0);
    await expect(publishDraft(database.kysely, ctx, { message: "x" })).rejects.toMatchObject({ code: "invalid" });
    const member = await test.as(await test.addMember("Plain", ["nobody"]));
    await expect(planDraft(database.kysely, member)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("keeps the values of a field that was taken away, lets records be made without it, and brings it back", async () => {
    await publish(project({ code: { ...text, "x-unique": true } }, { required: ["code"] }));
    const id = await make({ name: "Old", code: "C1" });
    const ctx = await test.admin();
    await put(project({}));
    const plan = await planDraft(database.kysely, ctx);
    expect(plan.changes).toMatchObject([{ level: "consent", counts: { filled: 1 } }]);
    await publishDraft(database.kysely, ctx, { message: "away" });
    expect(Object.keys(await valuesOf(id))).toEqual(["name"]);
    const later = await make({ name: "New" });
    await put(project({ code: text }));
    expect((await planDraft(database.kysely, await test.admin())).changes[0]?.words[0]?.en).toContain("Brings back");
    await publish();
    expect((await valuesOf(id)).code).toBe("C1");
    expect((await valuesOf(later)).code).toBe(null);
    await expectTablesAsPublished();
  });

  it("makes room when a key comes back as something else", async () => {
    await publish(project({ level: text }));
    const id = await make({ name: "A", level: "high" });
    await publish(project({}));
    await publish(project({ level: { "x-field": "number" } }));
    expect((await valuesOf(id)).level).toBe(null);
    const found = await sql<{ old: string }>`select * from ${sql.id(test.workspace.schema, entity)}`.execute(
      database.kysely,
    );
    expect(JSON.stringify(found.rows[0])).toContain("high");
    await expectTablesAsPublished();
  });

  it("takes an entity away with its data kept, and gives it back", async () => {
    const release = await publish(...SALES);
    const id = await make({ name: "Kept" }, "customer");
    const ctx = await test.admin();
    for (const [one, key] of [
      ["entity", "deal"],
      ["flow", "sales"],
      ["role", "seller"],
      ["role", "manager"],
      ["entity", "customer"],
    ] as const)
      await retireInDraft(database.kysely, ctx, one, key);
    const plan = await planDraft(database.kysely, ctx);
    expect(plan.changes.find((change) => change.key === "customer")).toMatchObject({
      level: "consent",
      counts: { records: 1 },
    });
    await publish();
    await expect(getRecordJson(database.kysely, await test.admin(), "customer", id)).rejects.toMatchObject({
      code: "notFound",
    });
    await restoreRelease(database.kysely, await test.admin(), release);
    expect((await valuesOf(id, "customer")).name).toBe("Kept");
    await expectTablesAsPublished();
  });

  it("refuses with figures what the records do not allow yet", async () => {
    await publish(
      project({ note: text, score: { "x-field": "number", "x-options": { scale: 2 } }, kind: choices("a", "b") }),
    );
    await make({ name: "1", note: "same", score: 1.25, kind: "b" });
    await make({ name: "2", note: "same" });
    await make({ name: "3" });
    const refused: [EntityDocument, RegExp][] = [
      [
        project(
          { note: text, score: { "x-field": "number", "x-options": { scale: 2 } }, kind: choices("a", "b") },
          { required: ["note"] },
        ),
        /1 records have no value/,
      ],
      [
        project({
          note: { ...text, "x-unique": true },
          score: { "x-field": "number", "x-options": { scale: 2 } },
          kind: choices("a", "b"),
        }),
        /same/,
      ],
      [
        project({
          note: { "x-field": "text", "x-options": { maxLength: 3 } },
          score: { "x-field": "number", "x-options": { scale: 2 } },
          kind: choices("a", "b"),
        }),
        /longer/,
      ],
      [
        project({ note: text, score: { "x-field": "number", "x-options": { scale: 1 } }, kind: choices("a", "b") }),
        /digits/,
      ],
      [
        project({ note: text, score: { "x-field": "number", "x-options": { scale: 2 } }, kind: choices("a") }),
        /choice/,
      ],
      [
        project({
          note: { "x-field": "number" },
          score: { "x-field": "number", "x-options": { scale: 2 } },
          kind: choices("a", "b"),
        }),
        /could be lost/,
      ],
    ];
    for (const [definition, words] of refused) {
      await put(definition);
      const plan = await planDraft(database.kysely, await test.admin());
      expect(plan.changes[0]?.level).toBe("refused");
      expect(plan.changes[0]?.words.map((word) => word.en).join(" ")).toMatch(words);
      await expect(publishDraft(database.kysely, await test.admin(), { message: "x" })).rejects.toMatchObject({
        code: "conflict",
      });
    }
  });

  it("changes kinds where nothing can be lost", async () => {
    await publish(
      project({
        a: { "x-field": "email" },
        b: { "x-field": "number", "x-options": { scale: 2 } },
        c: choices("x", "y"),
        d: { "x-field": "number", "x-options": { scale: 2 } },
        e: { "x-field": "date" },
        sum: { "x-field": "formula", "x-options": { rule: { "+": [{ var: "b" }, { var: "d" }] }, result: "number" } },
      }),
    );
    const id = await make({ name: "All", a: "a@example.test", b: 1.5, c: "x", d: 2.25, e: "2026-02-03" });
    await publish(
      project({
        a: text,
        b: { "x-field": "money", "x-options": { scale: 4 } },
        c: text,
        d: { "x-field": "number", "x-options": { scale: 3 } },
        e: text,
        sum: { "x-field": "formula", "x-options": { rule: { "-": [{ var: "b" }, { var: "d" }] }, result: "number" } },
      }),
    );
    expect(await valuesOf(id)).toMatchObject({
      a: "a@example.test",
      b: 1.5,
      c: "x",
      d: 2.25,
      e: "2026-02-03",
      sum: -0.75,
    });
    await expectTablesAsPublished();
  });

  it("lets one of two publishers win, and tells the other", async () => {
    await put(project({}));
    const ctx = await test.admin();
    const { checksum } = await planDraft(database.kysely, ctx);
    const before = (await listReleases(database.kysely, ctx)).length;
    const both = await Promise.allSettled(
      [1, 2].map((n) => publishDraft(database.kysely, ctx, { message: `${n}`, checksum })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect((await listReleases(database.kysely, ctx)).length).toBe(before + 1);
  });

  it("publishes an earlier release again, as a new one, and says what differs", async () => {
    const first = await publish(project({ one: text }));
    const id = await make({ name: "R", one: "1" });
    const second = await publish(project({ two: text }));
    const restored = await restoreRelease(database.kysely, await test.admin(), first);
    expect(restored.release).toBe(second + 1);
    expect(await valuesOf(id)).toMatchObject({ one: "1" });
    const ctx = await test.admin();
    expect((await listReleases(database.kysely, ctx))[0]).toMatchObject({
      number: second + 1,
      source: "restore",
      restoredFrom: first,
    });
    const [now, then] = [
      await readRelease(database.kysely, ctx, second + 1),
      await readRelease(database.kysely, ctx, first),
    ];
    expect(now.definitions).toEqual(then.definitions);
    expect(await diffReleases(database.kysely, ctx, second)).toMatchObject([
      { kind: "entity", key: entity, action: "changed" },
    ]);
    await expect(restoreRelease(database.kysely, ctx, first)).rejects.toMatchObject({ code: "conflict" });
    await expect(restoreRelease(database.kysely, ctx, 99)).rejects.toMatchObject({ code: "notFound" });
  });

  it("serves whoever still works with the release before, also where a column became another", async () => {
    await publish(project({ level: text }));
    const before = await test.admin();
    await publish(project({}));
    await publish(project({ level: { "x-field": "number" } }));
    const made = await createRecord(database.kysely, before, entity, { values: { name: "Late" } });
    const list = JSON.parse(
      await listRecordsJson(database.kysely, before, entity, { sort: [{ field: "level", direction: "asc" }] }),
    );
    expect(list.items.map((item: { id: string }) => item.id)).toEqual([made.id]);
    const wrong = createRecord(database.kysely, before, entity, { values: { name: "Late", level: "high" } });
    await expect(wrong).rejects.toMatchObject({ code: "invalid", errors: [{ pointer: "/values/level" }] });
  });

  it("takes keys that are words of SQL, and five hundred fields", async () => {
    const words = Object.fromEntries(
      ["select", "from", "where", "group", "table", "user", "s0", "v"].map((key) => [key, text]),
    );
    await publish(
      entityOfFields("order", {
        name: text,
        ...words,
        parent: { "x-field": "reference", "x-options": { entity: "order" } },
      }),
    );
    const id = await make({ name: "O", select: "1", user: "me", s0: "x", v: "y" }, "order");
    expect(await valuesOf(id, "order")).toMatchObject({ select: "1", user: "me", s0: "x", v: "y" });
    await expectTablesAsPublished();
    const many = Object.fromEntries(
      Array.from({ length: 499 }, (_none, index) => [`f${index}`, index % 2 ? text : { "x-field": "number" }]),
    );
    await publish(entityOfFields("wide", { name: text, ...many }));
    const wide = await make({ name: "W", f1: "a", f498: 7 }, "wide");
    expect(await valuesOf(wide, "wide")).toMatchObject({ name: "W", f1: "a", f498: 7, f2: null });
  });
});

function choices(...values: readonly string[]): JsonObject {
  return { "x-field": "select", "x-options": { choices: values.map((value) => ({ value, label: { en: value } })) } };
}
