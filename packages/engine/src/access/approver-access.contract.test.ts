import type { Role } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../context.ts";
import { historyOf } from "../events/read-history.ts";
import { aggregate } from "../lists/aggregate.ts";
import { countRecords } from "../lists/count-records.ts";
import { listRecordsJson } from "../lists/list-records.ts";
import { listNotifications } from "../notifications/inbox.ts";
import { actOnTask } from "../process/approvals/act-on-task.ts";
import { listTasks, type TaskJson } from "../process/approvals/list-tasks.ts";
import { readApproval } from "../process/approvals/read-approval.ts";
import { startApproval } from "../process/approvals/start-approval.ts";
import { findRecordJson } from "../records/read-record.ts";
import { searchAll } from "../search/search-all.ts";
import { approveStep, DISCOUNT, PROCESS_DEFINITIONS } from "../testing/process-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";
import { visibleDefinitions } from "./visible-definitions.ts";

const BY_HAND = {
  ...DISCOUNT,
  key: "by_hand",
  start: { on: "manual" as const, roles: ["seller"] },
  steps: [approveStep("ask", { who: [{ type: "manager", of: "starter" }] })],
  onApproved: [],
};
/** Reads no deals, and would not see their amounts or names if they did. */
const SHY: Role = {
  kind: "role",
  key: "shy",
  label: { en: "Shy" },
  admin: false,
  entities: { deal: { actions: {}, fields: { amount: "hidden", name: "hidden" } } },
};

describe.each(databaseKinds)("an approver without a role on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;
  let test: TestWorkspace;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
    test = await TestWorkspace.make(db, [...PROCESS_DEFINITIONS, BY_HAND, SHY]);
  });
  afterAll(() => database.close());

  async function asked(roles: readonly string[]) {
    const boss = await test.addMember("Boss", roles);
    const seller = await test.addMember("Seller", ["seller"], { manager: boss });
    const ctx = await test.as(seller);
    const make = async (name: string) => (await createRecord(db, ctx, "deal", { values: { name, amount: 100 } })).id;
    const [deal, other] = [await make("Asked lift"), await make("Other lift")];
    const instance = await startApproval(db, ctx, "deal", deal, "by_hand");
    return { boss: await test.as(boss), deal, other, instance };
  }

  it("reads, lists, counts and finds the record of the task, and no other", async () => {
    const { boss, deal, other } = await asked(["guest"]);
    expect(await findRecordJson(db, boss, "deal", deal)).not.toBeNull();
    expect(await findRecordJson(db, boss, "deal", other)).toBeNull();
    const { items } = JSON.parse(await listRecordsJson(db, boss, "deal", {}));
    expect(items.map(({ id }: { id: string }) => id)).toEqual([deal]);
    expect(items[0].abilities).toEqual({ update: false, delete: false, transfer: false });
    expect(await countRecords(db, boss, "deal", {})).toMatchObject({ value: 1 });
    expect(JSON.parse(await aggregate(db, boss, "deal", {}))).toEqual({ rows: [{ count: 1 }] });
    expect((await searchAll(db, boss, "lift")).items.map(({ id }) => id)).toEqual([deal]);
    expect((await historyOf(db, boss, "deal", deal)).items.length).toBeGreaterThan(0);
    await expect(historyOf(db, boss, "deal", other)).rejects.toMatchObject({ code: "notFound" });
  });

  it("changes and deletes nothing", async () => {
    const { boss, deal, other } = await asked(["guest"]);
    await expect(updateRecord(db, boss, "deal", deal, { values: { name: "x" } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(deleteRecord(db, boss, "deal", deal)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateRecord(db, boss, "deal", other, { values: { name: "x" } })).rejects.toMatchObject({
      code: "notFound",
    });
  });

  it("still reads it after the decision", async () => {
    const { boss, deal } = await asked(["guest"]);
    const [task] = (await listTasks(db, boss)).items as readonly TaskJson[];
    expect(task?.record).toEqual({ id: deal, title: "Asked lift" });
    expect((await listNotifications(db, boss)).items[0]?.title).toContain("Asked lift");
    await actOnTask(db, boss, task?.id ?? "", "approve");
    expect(await findRecordJson(db, boss, "deal", deal)).not.toBeNull();
  });

  it("is not told in task, approval and notification what their role hides", async () => {
    const { boss, deal, instance } = await asked(["shy"]);
    const found = await findRecordJson(db, boss, "deal", deal);
    expect(Object.keys(JSON.parse(found?.json ?? "{}").values)).not.toContain("amount");
    const [task] = (await listTasks(db, boss)).items as readonly TaskJson[];
    expect(task?.record).toEqual({ id: deal, title: null });
    expect((await readApproval(db, boss, instance)).record.title).toBeNull();
    expect((await listNotifications(db, boss)).items[0]?.title).not.toContain("lift");
  });

  it("is shown the definitions of what can be approved, and not of everything else", async () => {
    const guest = await test.as(await test.addMember("Guest", ["guest"]));
    const entities = visibleDefinitions(guest).flatMap(({ kind, key }) => (kind === "entity" ? [key] : []));
    expect(entities).toContain("deal");
    expect(entities).not.toContain("customer");
  });

  it("cannot decide, nor learn who decided, on another's task", async () => {
    const { boss } = await asked(["guest"]);
    const [task] = (await listTasks(db, boss)).items as readonly TaskJson[];
    const stranger = await test.as(await test.addMember("Stranger", ["guest"]));
    const decide = () => actOnTask(db, stranger, task?.id ?? "", "approve");
    await expect(decide()).rejects.toMatchObject({ code: "forbidden" });
    await actOnTask(db, boss, task?.id ?? "", "approve");
    await expect(decide()).rejects.toMatchObject({ code: "forbidden" });
  });
});
