import type { Approval } from "@formwright/model";
import { replay } from "@formwright/steps";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context, Db } from "../../context.ts";
import { forgetModel, readDefinitions } from "../../model/load-model.ts";
import { listNotifications } from "../../notifications/index.ts";
import { writeRelease } from "../../publish/write-release.ts";
import { readRecordData } from "../../records/read-record.ts";
import { approveStep, DISCOUNT, PROCESS_DEFINITIONS } from "../../testing/process-definitions.ts";
import { TestWorkspace } from "../../testing/test-workspace.ts";
import { createRecord } from "../../writes/create-record.ts";
import { updateRecord } from "../../writes/update-record.ts";
import { tickChecklist } from "../stages/tick-checklist.ts";
import { transitionRecord } from "../stages/transition-record.ts";
import { actOnApproval } from "./act-on-approval.ts";
import { actOnTask } from "./act-on-task.ts";
import { findInstance, readLog } from "./instance-rows.ts";
import { listTasks, type TaskJson } from "./list-tasks.ts";
import { approvalsOfRecord, readApproval } from "./read-approval.ts";
import { startApproval } from "./start-approval.ts";

describe.each(databaseKinds)("approvals on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;
  let test: TestWorkspace;
  let seller: string;
  let boss: string;
  let directors: readonly string[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    test = await TestWorkspace.make(db, PROCESS_DEFINITIONS);
    boss = await test.addMember("Bo", ["boss"]);
    seller = await test.addMember("Sel", ["seller"], { manager: boss });
    directors = [await test.addMember("Dina", ["director"]), await test.addMember("Dirk", ["director"])];
  });

  /** A deal of the seller that lacks nothing for being quoted. */
  async function readyDeal(): Promise<string> {
    const ctx = await test.as(seller);
    const customer = await createRecord(db, ctx, "customer", { values: { name: "Acme" } });
    const { id } = await createRecord(db, ctx, "deal", {
      values: { name: "Lift", amount: 1000, customer: customer.id },
    });
    await tickChecklist(db, ctx, "deal", id, "call", { isDone: true });
    return id;
  }

  async function submit(rate: number): Promise<{ deal: string; instance: string }> {
    const deal = await readyDeal();
    const moved = await transitionRecord(db, await test.as(seller), "deal", deal, { to: "quoted", values: { rate } });
    if (moved.is !== "waiting") throw new Error("it needs an approval");
    return { deal, instance: moved.instance };
  }

  async function tasksOf(member: string): Promise<readonly TaskJson[]> {
    return (await listTasks(db, await test.as(member))).items as readonly TaskJson[];
  }

  async function act(member: string, action: "approve" | "reject" | "return", comment = "so be it") {
    const [task] = await tasksOf(member);
    return actOnTask(db, await test.as(member), task?.id ?? "", action, { comment });
  }

  async function stageOf(deal: string) {
    return (await readRecordData(db, await test.admin(), "deal", deal))?.stage;
  }

  it("asks the manager, then both directors, then moves the deal and tells its owner", async () => {
    const { deal, instance } = await submit(25);
    expect(await stageOf(deal)).toBe("open");
    const [task] = await tasksOf(boss);
    expect(task).toMatchObject({
      kind: "approve",
      instance,
      step: { key: "manager" },
      entity: "deal",
      record: { id: deal, title: "Lift" },
      assignee: boss,
      state: "open",
      actions: ["approve", "reject", "return", "comment"],
      startedBy: { id: seller, title: "Sel" },
    });
    await act(boss, "approve");
    expect(await tasksOf(boss)).toEqual([]);
    await act(directors[0] ?? "", "approve");
    expect(await stageOf(deal)).toBe("open");
    expect(await act(directors[1] ?? "", "approve")).toEqual({ instance, state: "approved" });
    expect(await readRecordData(db, await test.admin(), "deal", deal)).toMatchObject({
      stage: "quoted",
      rate: 25,
      urgent: true,
    });
    const inbox = await listNotifications(db, await test.as(seller));
    expect(inbox.items.map((item) => item.title)).toEqual(["Approved: Discount — Lift", "Discount of 25% for Lift"]);
    expect(inbox.items[0]?.link).toEqual({ entity: "deal", recordId: deal });
    const shown = await readApproval(db, await test.as(seller), instance);
    expect(shown).toMatchObject({
      state: "approved",
      startedBy: { title: "Sel" },
      actions: [],
      record: { title: "Lift" },
    });
    expect(shown.path.map(({ step, state }) => [step.key, state])).toEqual([
      ["manager", "done"],
      ["directors", "done"],
      ["mark", "done"],
    ]);
    const moves = await sql<{ data: object }>`
      select data from ${sql.id(test.workspace.schema, "fw_event")} where kind = 'moved'`.execute(db);
    expect(moves.rows).toEqual([{ data: { field: "stage", from: "open", to: "quoted", seconds: 0, comment: null } }]);
  });

  it("goes straight to the end where the branch does not ask for more", async () => {
    const { deal } = await submit(15);
    expect((await act(boss, "approve")).state).toBe("approved");
    expect(await stageOf(deal)).toBe("quoted");
  });

  it("moves at once when the approval has nobody to ask", async () => {
    await test.publish([{ ...DISCOUNT, steps: DISCOUNT.steps.slice(1, 2) }]); // the branch alone
    const deal = await readyDeal();
    const moved = await transitionRecord(db, await test.as(seller), "deal", deal, {
      to: "quoted",
      values: { rate: 15 },
    });
    expect(moved.is === "moved" && JSON.parse(moved.json).values).toMatchObject({ stage: "quoted", rate: 15 });
    const inbox = await listNotifications(db, await test.as(seller));
    expect(inbox.items.map((item) => item.kind)).toEqual(["approval"]); // what the definition says, and no more
  });

  it("leaves the deal where it is when somebody says no, and asks for a reason", async () => {
    const { deal, instance } = await submit(25);
    await expect(act(boss, "reject", " ")).rejects.toMatchObject({
      code: "invalid",
      errors: [{ pointer: "/comment", code: "commentRequired" }],
    });
    expect((await act(boss, "reject", "too much")).state).toBe("rejected");
    expect(await stageOf(deal)).toBe("open");
    const inbox = await listNotifications(db, await test.as(seller));
    expect(inbox).toMatchObject({ unread: 1, items: [{ title: "Rejected: Discount — Lift", kind: "approval" }] });
    expect((await readApproval(db, await test.as(seller), instance)).log.at(-1)).toMatchObject({
      kind: "ended",
      detail: "rejected",
    });
  });

  it("gives it back to the starter, who changes the record and submits it again", async () => {
    const { deal, instance } = await submit(25);
    const ctx = await test.as(seller);
    await expect(updateRecord(db, ctx, "deal", deal, { values: { rate: 12 } })).rejects.toMatchObject({
      code: "conflict",
      extra: { reason: "lockedByApproval", approval: instance },
    });
    await act(boss, "return");
    await updateRecord(db, ctx, "deal", deal, { values: { rate: 12 } });
    expect((await tasksOf(seller)).map((task) => [task.kind, task.actions])).toEqual([["resubmit", ["resubmit"]]]);
    expect((await actOnApproval(db, ctx, instance, "resubmit")).state).toBe("running");
    expect((await act(boss, "approve")).state).toBe("approved");
    expect(await stageOf(deal)).toBe("quoted");
  });

  it("can be withdrawn by its starter and by nobody else", async () => {
    const { instance } = await submit(25);
    await expect(actOnApproval(db, await test.as(boss), instance, "withdraw")).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await actOnApproval(db, await test.as(seller), instance, "withdraw")).state).toBe("withdrawn");
    expect(await tasksOf(boss)).toEqual([]);
  });

  it("tells the second of two who press the same task who was faster", async () => {
    await submit(25);
    const [task] = await tasksOf(boss);
    const ctx = await test.as(boss);
    const press = (action: "approve" | "reject") => actOnTask(db, ctx, task?.id ?? "", action, { comment: "now" });
    const results = await Promise.allSettled([press("approve"), press("reject")]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const [refused] = results.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict", extra: { reason: "taskClosed" } });
    expect(refused?.reason.extra.happened.by).toEqual({ id: boss, title: "Bo" });
    expect(refused?.reason.detail.en).toMatch(/^Bo has already (approved|rejected) this\.$/);
  });

  it("has one outcome when both directors decide at the same moment", async () => {
    for (let round = 0; round < 3; round++) {
      const { deal, instance } = await submit(25);
      await act(boss, "approve");
      const [one, two] = await Promise.all(directors.map((id) => tasksOf(id)));
      const results = await Promise.allSettled([
        actOnTask(db, await test.as(directors[0] ?? ""), one?.[0]?.id ?? "", "approve"),
        actOnTask(db, await test.as(directors[1] ?? ""), two?.[0]?.id ?? "", "approve"),
      ]);
      expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled"]);
      expect(await stageOf(deal)).toBe("quoted");
      expect((await readApproval(db, await test.admin(), instance)).state).toBe("approved");
    }
  });

  it("stays on the definition that it started with", async () => {
    const { deal, instance } = await submit(25);
    const stricter: Approval = {
      ...DISCOUNT,
      steps: [approveStep("nobody", { who: [{ type: "role", role: "boss" }] })],
    };
    await test.publish([stricter]);
    await act(boss, "approve");
    await act(directors[0] ?? "", "approve");
    await act(directors[1] ?? "", "approve");
    expect(await stageOf(deal)).toBe("quoted");
    const shown = await readApproval(db, await test.admin(), instance);
    expect(shown.release).toBeLessThan((await test.admin()).model.release);
    expect(shown.path.map(({ step }) => step.key)).toEqual(["manager", "directors", "mark"]);
  });

  it("can be rebuilt from its log, which takes no changes", async () => {
    const { instance } = await submit(25);
    await act(boss, "return");
    await actOnApproval(db, await test.as(seller), instance, "resubmit");
    await act(boss, "approve");
    const ctx = await test.admin();
    expect(replay(await readLog(db, ctx, instance))).toEqual((await findInstance(db, ctx, instance)).state);
    const change = sql`update ${sql.id(test.workspace.schema, "fw_instance_log")} set kind = 'x'`.execute(db);
    await expect(change).rejects.toThrow(/append-only/);
  });

  it("refuses to start when nobody can approve, and leaves no trace", async () => {
    const deal = await readyDeal();
    const ctx = await test.admin();
    await updateRecord(db, ctx, "member", seller, { values: { manager: null } });
    const start = transitionRecord(db, await test.as(seller), "deal", deal, { to: "quoted", values: { rate: 25 } });
    await expect(start).rejects.toMatchObject({ code: "conflict", extra: { reason: "nobodyFound" } });
    expect(await approvalsOfRecord(db, ctx, "deal", deal)).toEqual([]);
    expect((await readRecordData(db, ctx, "deal", deal))?.rate).toBeNull();
  });

  it("hands the tasks of somebody who leaves to their manager, else to the admins", async () => {
    const { deal } = await submit(25);
    const admin = await test.admin();
    await updateRecord(db, admin, "member", boss, { values: { state: "inactive" } });
    const [task] = await tasksOf(test.adminId);
    expect(task).toMatchObject({ assignee: null, record: { id: deal } });
    await actOnTask(db, admin, task?.id ?? "", "reassign", { members: [directors[0] ?? ""] });
    expect((await tasksOf(directors[0] ?? "")).map((each) => each.step.key)).toEqual(["manager"]);
  });

  it("ends when its record is deleted", async () => {
    const { deal, instance } = await submit(25);
    const { deleteRecord } = await import("../../writes/delete-record.ts");
    await expect(deleteRecord(db, await test.as(seller), "deal", deal)).rejects.toMatchObject({ code: "conflict" });
    await deleteRecord(db, await test.system(), "deal", deal);
    expect((await readApproval(db, await test.admin(), instance)).state).toBe("ended");
    expect(await tasksOf(boss)).toEqual([]);
  });

  it("is started by hand by the roles that may", async () => {
    const byHand: Approval = { ...DISCOUNT, key: "review", start: { on: "manual", roles: ["seller"] } };
    await test.publish([byHand]);
    const deal = await readyDeal();
    const ctx: Context = await test.as(seller);
    await expect(startApproval(db, await test.as(boss), "deal", deal, "review")).rejects.toMatchObject({
      code: "forbidden",
    });
    const instance = await startApproval(db, ctx, "deal", deal, "review", { comment: "please" });
    await expect(startApproval(db, ctx, "deal", deal, "review")).rejects.toMatchObject({ code: "conflict" });
    expect((await listTasks(db, ctx, { box: "started" })).items).toMatchObject([{ id: instance, state: "running" }]);
  });

  describe("when its entity is taken away", () => {
    async function withoutDeals(): Promise<void> {
      const ctx = await test.admin();
      await db.transaction().execute(async (tx) => {
        const gone = new Set(["deal", "sales", "discount"]);
        const left = (await readDefinitions(tx, test.workspace.schema, ctx.model.release)).filter(
          ({ kind, key }) => !gone.has(key) && kind !== "role",
        );
        const roles = [...ctx.model.roles.values()].map((role) => ({ ...role, entities: {} }));
        const number = ctx.model.release + 1;
        const release = { number, message: "t", source: "publish", changes: [] } as const;
        await writeRelease(tx, ctx, ctx.model, [...left, ...roles], release);
      });
      forgetModel(test.workspace.id);
    }

    it("ends, closes its tasks and tells its starter", async () => {
      const { instance } = await submit(15);
      expect(await tasksOf(boss)).toHaveLength(1);
      await withoutDeals();
      expect(await tasksOf(boss)).toEqual([]);
      expect((await findInstance(db, await test.admin(), instance)).state).toMatchObject({
        is: "ended",
        outcome: "ended",
      });
      const [told] = (await listNotifications(db, await test.as(seller))).items;
      expect(told?.title).toMatch(/^Ended by an admin: Discount — …$/);
    });

    it("never keeps a person from leaving, nor an admin from ending it", async () => {
      const one = await submit(15);
      const two = await submit(15);
      const admin = await test.admin();
      const orphan = { ...admin, model: { ...admin.model, entities: new Map(admin.model.entities) } };
      (orphan.model.entities as Map<string, unknown>).delete("deal");
      await actOnApproval(db, orphan, one.instance, "end");
      expect((await findInstance(db, admin, one.instance)).state).toMatchObject({ is: "ended" });
      await updateRecord(db, orphan, "member", boss, { values: { state: "inactive" } });
      expect((await findInstance(db, admin, two.instance)).state).toMatchObject({ is: "ended" });
    });
  });
});
