import type { EntityDocument, Role } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../context.ts";
import { listNotifications } from "../notifications/inbox.ts";
import { putDraft, retireInDraft } from "../publish/draft.ts";
import { publishDraft } from "../publish/publish-draft.ts";
import { PROCESS_DEFINITIONS } from "../testing/process-definitions.ts";
import { DEAL } from "../testing/sales-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";
import { actOnTask } from "./approvals/act-on-task.ts";
import { listTasks } from "./approvals/list-tasks.ts";
import { tickChecklist } from "./stages/tick-checklist.ts";
import { transitionRecord } from "./stages/transition-record.ts";

describe.each(databaseKinds)("nobody gets stuck on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
  });
  afterAll(() => database.close());

  it("because the last admin left, lost the role, was deleted, or the role lost its power", async () => {
    const test = await TestWorkspace.make(db, PROCESS_DEFINITIONS);
    const admin = await test.admin();
    const lastAdmin = { code: "conflict", extra: { reason: "lastAdmin" } };
    const change = (values: { [field: string]: string | string[] }) =>
      updateRecord(db, admin, "member", test.adminId, { values });
    await expect(change({ state: "inactive" })).rejects.toMatchObject(lastAdmin);
    await expect(change({ roles: ["guest"] })).rejects.toMatchObject(lastAdmin);
    await expect(deleteRecord(db, await test.system(), "member", test.adminId)).rejects.toMatchObject(lastAdmin);
    const role = [...admin.model.roles.values()].find((one) => one.admin) as Role;
    await putDraft(db, admin, "role", role.key, { ...role, admin: false });
    await expect(publishDraft(db, admin, { message: "oops" })).rejects.toMatchObject(lastAdmin);
    const second = await test.addMember("Second", [role.key]);
    await change({ state: "inactive" });
    await expect(
      updateRecord(db, await test.as(second), "member", second, { values: { state: "inactive" } }),
    ).rejects.toMatchObject(lastAdmin);
  });

  it.runIf(kind === "postgres")(
    "because two admins left at the same moment (embedded, there is one connection: nothing happens at once)",
    async () => {
      const test = await TestWorkspace.make(db);
      const role = [...(await test.admin()).model.roles.values()].find((each) => each.admin)?.key ?? "";
      const second = await test.addMember("Second", [role]);
      const [one, two] = [await test.admin(), await test.as(second)];
      const leave = { values: { state: "inactive" } };
      const both = await Promise.allSettled([
        updateRecord(db, one, "member", second, leave),
        updateRecord(db, two, "member", test.adminId, leave),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    },
  );

  it("because the flow was taken away while a move waited for its approval", async () => {
    const test = await TestWorkspace.make(db, PROCESS_DEFINITIONS);
    const boss = await test.addMember("Bo", ["boss"]);
    const seller = await test.as(await test.addMember("Sel", ["seller"], { manager: boss }));
    const customer = (await createRecord(db, seller, "customer", { values: { name: "Acme" } })).id;
    const deal = (await createRecord(db, seller, "deal", { values: { name: "Lift", amount: 10, customer } })).id;
    await tickChecklist(db, seller, "deal", deal, "call", { isDone: true });
    await transitionRecord(db, seller, "deal", deal, { to: "quoted", values: { rate: 15 } });
    const admin = await test.admin();
    const { stage: _stage, ...properties } = DEAL.schema.properties as { [key: string]: never };
    const without = { ...DEAL, schema: { ...DEAL.schema, properties } } as EntityDocument;
    await putDraft(db, admin, "entity", "deal", without);
    await retireInDraft(db, admin, "flow", "sales");
    await publishDraft(db, admin, { message: "no stages" });
    const approver = await test.as(boss);
    const [task] = (await listTasks(db, approver)).items;
    expect(await actOnTask(db, approver, task?.id ?? "", "approve")).toMatchObject({ state: "approved" });
    expect((await listTasks(db, approver)).items).toEqual([]);
    const again = await test.as((seller.actor as { member: { id: string } }).member.id);
    const titles = (await listNotifications(db, again)).items.map(({ title }) => title);
    expect(titles).toContain("Approved, but the record could not move — Lift");
  });
});
