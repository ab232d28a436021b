import type { PublishedDefinition } from "@formwright/model";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { consumeEvents } from "../automations/consume-events.ts";
import { listRuns } from "../automations/list-runs.ts";
import type { Db } from "../context.ts";
import { listJobs } from "../jobs/list-jobs.ts";
import { type JobRunner, type OutgoingMail, runJob } from "../jobs/run-job.ts";
import { sweepJobs, takeDueJobs } from "../jobs/take-due-jobs.ts";
import { listNotifications } from "../notifications/inbox.ts";
import { tickChecklist } from "../process/stages/tick-checklist.ts";
import { transitionRecord } from "../process/stages/transition-record.ts";
import { readRecordData } from "../records/read-record.ts";
import { automation, PROCESS_DEFINITIONS, tellOwner } from "../testing/process-definitions.ts";
import { TEST_NOW, TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { deleteRecord } from "../writes/delete-record.ts";
import { updateRecord } from "../writes/update-record.ts";

const HOUR_BEFORE = automation("call_soon", { on: "date", entity: "deal", field: "called_at", offset: "-PT1H" }, [
  tellOwner("tell", "Call about {title}"),
]);

describe.each(databaseKinds)("timers and automations on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;
  let test: TestWorkspace;
  let sent: OutgoingMail[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
  });
  afterAll(() => database.close());

  beforeEach(() => {
    sent = [];
  });

  async function workspaceWith(...definitions: readonly PublishedDefinition[]) {
    test = await TestWorkspace.make(db, [...PROCESS_DEFINITIONS, ...definitions]);
  }

  const deal = async (values: object = {}, now = TEST_NOW) =>
    (await createRecord(db, await test.as(test.adminId, now), "deal", { values: { name: "Lift", ...values } })).id;

  const set = async (id: string, values: object, now = TEST_NOW) =>
    updateRecord(db, await test.as(test.adminId, now), "deal", id, { values: { ...values } });

  async function timersOf(id: string, rule = "automation:call_soon") {
    const found = await sql<{ run_at: string; state: string }>`
      select run_at, state from ${sql.id(test.workspace.schema, "fw_job")}
      where dedupe_key = ${`timer:${rule}:${id}`}`.execute(db);
    return found.rows[0] ?? null;
  }

  const runner = (now: string): JobRunner => ({
    contextOf: () => test.system(now),
    deliver: async (mail) => void sent.push(mail),
    random: () => 0.5,
  });

  /** Events are read once no older transaction runs anywhere on the server: other tests may hold them up a little. */
  async function consumeAll(now: string): Promise<void> {
    const { schema } = test.workspace;
    for (let attempt = 0; attempt < 200; attempt++) {
      await consumeEvents(db, await test.system(now), { limit: 100 });
      const left = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.id(schema, "fw_event")} e, ${sql.id(schema, "fw_consumer")} c
        where c.name = 'automations' and (e.xid, e.seq) > (c.xid, c.seq)`.execute(db);
      if (left.rows[0]?.n === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error("events were not read");
  }

  /** What relay and worker do, at a given moment, until nothing is left to do then. */
  async function work(now: string, times = 1): Promise<readonly string[]> {
    const results: string[] = [];
    for (;;) {
      await consumeAll(now);
      const due = (await takeDueJobs(db, { limit: 100, lookAheadSeconds: 0, now })).filter(
        (job) => job.workspace === test.workspace.slug,
      );
      if (due.length === 0) return results;
      for (const job of due) {
        for (let time = 0; time < times; time++) results.push(await runJob(db, runner(now), job));
      }
    }
  }

  const inbox = async () => (await listNotifications(db, await test.admin())).items.map((item) => item.title);

  it("sets, moves and cancels the timer of a date with the writes that move it", async () => {
    await workspaceWith(HOUR_BEFORE);
    const id = await deal({ called_at: "2026-03-20T10:00:00+08:00" });
    expect(await timersOf(id)).toEqual({ run_at: "2026-03-20T01:00:00.000Z", state: "waiting" });
    await set(id, { called_at: "2026-03-21T10:00:00+08:00" });
    expect(await timersOf(id)).toMatchObject({ run_at: "2026-03-21T01:00:00.000Z", state: "waiting" });
    await set(id, { called_at: null });
    expect(await timersOf(id)).toMatchObject({ state: "cancelled" });
    await set(id, { called_at: "2026-03-21T10:00:00+08:00" });
    expect(await timersOf(id)).toMatchObject({ state: "waiting" });
    await deleteRecord(db, await test.admin(), "deal", id);
    expect(await timersOf(id)).toMatchObject({ state: "cancelled" });
  });

  it("rings once though it is run twice, tells the owner and mails with the row's id", async () => {
    await workspaceWith(HOUR_BEFORE);
    const id = await deal({ called_at: "2026-03-20T10:00:00+08:00" });
    await work("2026-03-20T00:59:00.000Z"); // the checklist's own reminder
    expect(await inbox()).not.toContain("Call about Lift");
    sent = [];
    expect(await work("2026-03-20T01:00:01.000Z", 2)).toEqual(["done", "gone", "done", "gone"]);
    expect((await inbox()).filter((title) => title === "Call about Lift")).toHaveLength(1);
    expect(sent).toMatchObject([{ to: "ada@example.test", subject: "Call about Lift" }]);
    expect((await listJobs(db, await test.admin(), { kind: "mail" })).items[0]).toMatchObject({
      id: sent[0]?.id,
      state: "done",
    });
    expect(await timersOf(id)).toMatchObject({ state: "done" });
    await set(id, { name: "Lifted" });
    expect(await work("2026-03-20T01:05:00.000Z")).toEqual([]);
  });

  it("looks again when it rings: a timer that moved meanwhile does not ring, nor does one whose condition fails", async () => {
    await workspaceWith({ ...HOUR_BEFORE, when: { "!=": [{ var: "customer.level" }, "c"] } });
    const customer = await createRecord(db, await test.admin(), "customer", { values: { name: "Acme", level: "a" } });
    const id = await deal({ called_at: "2026-03-20T10:00:00+08:00", customer: customer.id });
    const [due] = (await takeDueJobs(db, { limit: 10, lookAheadSeconds: 10 * 86_400, now: TEST_NOW })).filter(
      (job) => job.workspace === test.workspace.slug && job.runAt === "2026-03-20T01:00:00.000Z",
    );
    await set(id, { called_at: "2026-03-21T10:00:00+08:00" });
    expect(await runJob(db, runner("2026-03-20T01:00:00.000Z"), due ?? { workspace: "", id: "" })).toBe("early");
    await updateRecord(db, await test.admin(), "customer", customer.id, { values: { level: "c" } });
    await work("2026-03-21T01:00:00.000Z");
    expect(await inbox()).not.toContain("Call about Lift");
  });

  it("cancels when the record no longer meets the condition and sets again when it does", async () => {
    await workspaceWith({ ...HOUR_BEFORE, when: { "==": [{ var: "urgent" }, true] } });
    const id = await deal({ called_at: "2026-03-20T10:00:00+08:00" });
    expect(await timersOf(id)).toBeNull();
    await set(id, { urgent: true });
    expect(await timersOf(id)).toMatchObject({ state: "waiting" });
    await set(id, { urgent: false });
    expect(await timersOf(id)).toMatchObject({ state: "cancelled" });
  });

  it("rings about silence, again and again, and not while something happens", async () => {
    await workspaceWith(
      automation("silent", { on: "idle", entity: "deal", after: "P7D", every: "P3D" }, [
        tellOwner("tell", "Silent: {title}"),
      ]),
    );
    const id = await deal();
    await set(id, { amount: 1 }, "2026-03-16T08:00:00.000Z");
    expect(await timersOf(id, "automation:silent")).toMatchObject({ run_at: "2026-03-23T08:00:00.000Z" });
    await work("2026-03-22T08:00:00.000Z");
    expect(await inbox()).not.toContain("Silent: Lift");
    await work("2026-03-23T08:00:00.000Z", 2);
    expect((await inbox()).filter((title) => title === "Silent: Lift")).toHaveLength(1);
    expect(await timersOf(id, "automation:silent")).toMatchObject({
      run_at: "2026-03-26T08:00:00.000Z",
      state: "waiting",
    });
    await work("2026-03-26T08:00:00.000Z");
    expect((await inbox()).filter((title) => title === "Silent: Lift")).toHaveLength(2);
  });

  it("counts activity on records that refer to this one", async () => {
    const touches = [{ entity: "deal", field: "customer" }];
    await workspaceWith(
      automation("quiet", { on: "idle", entity: "customer", after: "P7D", touches }, [
        tellOwner("tell", "Quiet: {title}"),
      ]),
    );
    const customer = await createRecord(db, await test.admin(), "customer", { values: { name: "Acme" } });
    await deal({ customer: customer.id }, "2026-03-18T08:00:00.000Z");
    expect(await timersOf(customer.id, "automation:quiet")).toMatchObject({ run_at: "2026-03-25T08:00:00.000Z" });
    const id = await deal({ customer: customer.id }, "2026-03-18T09:00:00.000Z");
    await set(id, { amount: 7 }, "2026-03-19T08:00:00.000Z");
    expect(await timersOf(customer.id, "automation:quiet")).toMatchObject({ run_at: "2026-03-26T08:00:00.000Z" });
  });

  it("stops waiting for silence while the condition does not hold", async () => {
    const when = { ">": [{ var: "amount" }, 5] };
    await workspaceWith({
      ...automation("silent", { on: "idle", entity: "deal", after: "P7D" }, [tellOwner("tell", "Silent: {title}")]),
      when,
    } as PublishedDefinition);
    const id = await deal();
    expect(await timersOf(id, "automation:silent")).toBeNull();
    await set(id, { amount: 10 }, "2026-03-16T09:00:00.000Z");
    expect(await timersOf(id, "automation:silent")).toMatchObject({
      run_at: "2026-03-23T09:00:00.000Z",
      state: "waiting",
    });
    await set(id, { amount: 1 }, "2026-03-16T10:00:00.000Z");
    expect(await timersOf(id, "automation:silent")).toMatchObject({ state: "cancelled" });
    await set(id, { amount: 10 }, "2026-03-16T11:00:00.000Z");
    expect(await timersOf(id, "automation:silent")).toMatchObject({
      run_at: "2026-03-23T11:00:00.000Z",
      state: "waiting",
    });
  });

  it("reminds owner and manager of a stage that takes too long, and of what is not ticked", async () => {
    await workspaceWith();
    const boss = await test.addMember("Bo", ["boss"]);
    await updateRecord(db, await test.admin(), "member", test.adminId, { values: { manager: boss } });
    const late = await deal();
    const ticked = await deal({ name: "Other" });
    await tickChecklist(db, await test.admin(), "deal", ticked, "call", { isDone: true });
    await work("2026-03-17T08:00:01.000Z");
    expect(await inbox()).toEqual(["Still to do — First call: Lift"]);
    await transitionRecord(db, await test.admin(), "deal", ticked, { to: "lost", comment: "no" });
    await work("2026-03-22T08:00:01.000Z");
    const told = await listNotifications(db, await test.as(boss));
    expect(told.items).toMatchObject([
      { title: "Longer than planned in “Open”: Lift", kind: "reminder", link: { entity: "deal", recordId: late } },
    ]);
  });

  it("fills in the timers of records that were there before the rule", async () => {
    await workspaceWith();
    const ahead = await deal({ called_at: "2026-03-20T10:00:00+08:00", close_on: "2026-04-30" });
    const past = await deal({ called_at: "2026-03-10T10:00:00+08:00", close_on: "2026-03-01" });
    const soon = await deal({ called_at: "2026-03-15T16:30:00+08:00" });
    await test.publish([
      HOUR_BEFORE,
      automation("closing", { on: "date", entity: "deal", field: "close_on", offset: "-P1M", at: "08:30" }, [
        tellOwner("tell", "Closing: {title}"),
      ]),
    ]);
    expect(await timersOf(ahead)).toEqual({ run_at: "2026-03-20T01:00:00.000Z", state: "waiting" });
    expect(await timersOf(past)).toBeNull();
    expect(await timersOf(soon)).toMatchObject({ state: "waiting" });
    expect(await timersOf(ahead, "automation:closing")).toEqual({
      run_at: "2026-03-30T00:30:00.000Z",
      state: "waiting",
    });
    // The write that follows finds the timer as it would have set it.
    await set(ahead, { called_at: "2026-03-20T10:00:00.000+08:00", name: "Same" });
    expect(await timersOf(ahead)).toEqual({ run_at: "2026-03-20T01:00:00.000Z", state: "waiting" });
    await test.publish([{ ...HOUR_BEFORE, enabled: false }]);
    expect(await timersOf(ahead)).toMatchObject({ state: "cancelled" });
  });

  it("runs what changes set off after they are committed, each once", async () => {
    await workspaceWith(
      automation("won", { on: "stageEntered", entity: "deal", field: "stage", stages: ["lost"] }, [
        { type: "setRelated", key: "level", label: { en: "Level" }, reference: "customer", set: { level: "b" } },
        {
          type: "createRecord",
          key: "again",
          label: { en: "Again" },
          entity: "deal",
          set: { name: { concat: ["Again: ", { var: "name" }] }, customer: { var: "customer" } },
        },
      ]),
      automation("leveled", { on: "updated", entity: "customer", fields: ["level"] }, [
        { type: "setFields", key: "credit", label: { en: "Credit" }, set: { credit: 100 } },
      ]),
    );
    const customer = await createRecord(db, await test.admin(), "customer", { values: { name: "Acme" } });
    const id = await deal({ customer: customer.id });
    await transitionRecord(db, await test.admin(), "deal", id, { to: "lost", comment: "later" });
    await work(TEST_NOW, 2);
    await sql`update ${sql.id(test.workspace.schema, "fw_consumer")} set xid = '0', seq = 0`.execute(db);
    await work(TEST_NOW);
    expect(await readRecordData(db, await test.admin(), "customer", customer.id)).toMatchObject({
      level: "b",
      credit: 100,
    });
    const made = await sql<{ name: string; owner: string }>`
      select name, owner from ${sql.id(test.workspace.schema, "deal")} where name like 'Again%'`.execute(db);
    expect(made.rows).toEqual([{ name: "Again: Lift", owner: test.adminId }]);
    const runs = (await listRuns(db, await test.admin())).items;
    expect(runs.map((run) => [run.automation, run.state, run.chain])).toEqual(
      expect.arrayContaining([
        ["won", "done", ["won"]],
        ["leveled", "done", ["won", "leveled"]],
      ]),
    );
    expect(runs).toHaveLength(2);
  });

  it("stops automations that set each other off, and names the loop", async () => {
    const count = { "+": [{ coalesce: [{ var: "amount" }, 0] }, 1] };
    await workspaceWith(
      automation("ping", { on: "updated", entity: "deal", fields: ["amount"] }, [
        { type: "setFields", key: "set", label: { en: "Set" }, set: { amount: count } },
      ]),
    );
    const id = await deal({ amount: 1 });
    await set(id, { amount: 2 });
    await work(TEST_NOW);
    expect((await readRecordData(db, await test.admin(), "deal", id))?.amount).toBe(7);
    const failed = (await listRuns(db, await test.admin(), { state: "failed" })).items;
    expect(failed).toHaveLength(1);
    expect(failed[0]?.error).toContain("ping → ping → ping");
  });

  it("keeps a run that was refused, with its error, and undoes what it had begun", async () => {
    await workspaceWith(
      automation("bad", { on: "created", entity: "deal" }, [
        { type: "setFields", key: "first", label: { en: "First" }, set: { urgent: true } },
        { type: "setFields", key: "second", label: { en: "Second" }, set: { name: null } },
      ]),
    );
    const id = await deal();
    expect(await work(TEST_NOW)).toEqual(["done"]);
    expect((await readRecordData(db, await test.admin(), "deal", id))?.urgent).not.toBe(true);
    expect((await listRuns(db, await test.admin())).items).toMatchObject([{ automation: "bad", state: "failed" }]);
  });

  it("tries again with growing delays, then gives up where the admin sees it", async () => {
    await workspaceWith(HOUR_BEFORE);
    await deal({ called_at: "2026-03-20T10:00:00+08:00" });
    const failing = { ...runner("2026-03-20T01:00:00.000Z"), deliver: () => Promise.reject(new Error("no route")) };
    await work("2026-03-20T00:00:00.000Z");
    let now = "2026-03-20T01:00:00.000Z";
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const due = (await takeDueJobs(db, { limit: 10, lookAheadSeconds: 0, now })).filter(
        (job) => job.workspace === test.workspace.slug,
      );
      for (const job of due) {
        const result = await runJob(db, { ...failing, contextOf: () => test.system(now) }, job);
        if (job.kind === "timer") expect(result).toBe("done");
      }
      if (attempt === 0) {
        attempt--; // the timer came first; its mail is the job that fails
        if (due.some((job) => job.kind === "mail")) attempt++;
      }
      const [mail] = (await listJobs(db, await test.admin(), { kind: "mail" })).items;
      if (!mail || mail.state === "failed") break;
      delays.push((Date.parse(mail.runAt) - Date.parse(now)) / 1000);
      now = mail.runAt;
    }
    expect(delays.filter((seconds) => seconds > 0)).toEqual([22.5, 45, 90, 180, 360, 720, 1440]);
    expect((await listJobs(db, await test.admin(), { state: "failed" })).items).toMatchObject([
      { kind: "mail", attempts: 8, lastError: "no route" },
    ]);
  });

  it("hands over again what the queue lost", async () => {
    await workspaceWith(HOUR_BEFORE);
    await deal({ called_at: "2026-03-20T10:00:00+08:00" });
    const take = async (now: string) =>
      (await takeDueJobs(db, { limit: 10, lookAheadSeconds: 60, now })).filter(
        (job) => job.workspace === test.workspace.slug,
      );
    const [lost] = await take("2026-03-20T00:59:30.000Z");
    expect(lost?.ring).toMatch(/^[\w-]+$/);
    expect(await take("2026-03-20T01:01:00.000Z")).toEqual([]);
    await sweepJobs(db, { now: "2026-03-20T01:10:00.000Z", graceSeconds: 300 });
    const again = (await take("2026-03-20T01:10:00.000Z")).find(({ id }) => id === lost?.id);
    expect(again).toBeDefined();
    expect(again?.ring).not.toBe(lost?.ring);
  });

  it.runIf(kind === "postgres")(
    "does not hand over what runs at this moment, nor wait for it (embedded, there is one connection: nothing runs beside)",
    async () => {
      await workspaceWith(HOUR_BEFORE);
      await deal({ called_at: "2026-03-20T10:00:00+08:00" });
      const here = (job: { workspace: string }) => job.workspace === test.workspace.slug;
      const [running] = (
        await takeDueJobs(db, { limit: 10, lookAheadSeconds: 60, now: "2026-03-20T00:59:30.000Z" })
      ).filter(here);
      await db.transaction().execute(async (tx) => {
        await sql`select 1 from ${sql.id(test.workspace.schema, "fw_job")} where id = ${running?.id ?? ""} for update`.execute(
          tx,
        );
        await sweepJobs(db, { now: "2026-03-20T01:10:00.000Z", graceSeconds: 300 });
      });
      const taken = await takeDueJobs(db, { limit: 10, lookAheadSeconds: 60, now: "2026-03-20T01:10:00.000Z" });
      expect(taken.filter(here).map(({ id }) => id)).not.toContain(running?.id);
    },
  );
});
