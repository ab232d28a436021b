import type { EntityDocument } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROCESS_DEFINITIONS } from "../testing/process-definitions.ts";
import { DEAL } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord, restoreRecord } from "../writes/delete-record.ts";
import { tickChecklist } from "./stages/tick-checklist.ts";
import { transitionRecord } from "./stages/transition-record.ts";

describe.each(databaseKinds)("a caller of an earlier release on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  it("moves, deletes and restores records although a column is gone meanwhile", async () => {
    const db = database.kysely;
    const test = await TestWorkspace.make(db, PROCESS_DEFINITIONS);
    const before = await test.admin();
    const customer = (await createRecord(db, before, "customer", { values: { name: "Acme" } })).id;
    const values = { name: "Lift", amount: 10, customer };
    const { id } = await createRecord(db, before, "deal", { values });
    await tickChecklist(db, before, "deal", id, "call", { isDone: true });
    const { weighted: _gone, ...properties } = DEAL.schema.properties as { [key: string]: never };
    await test.publish([{ ...DEAL, schema: { ...DEAL.schema, properties } } as EntityDocument]);
    expect(await transitionRecord(db, before, "deal", id, { to: "quoted" })).toMatchObject({ is: "moved" });
    await deleteRecord(db, before, "deal", id);
    await restoreRecord(db, before, "deal", id);
  });
});
