import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../context.ts";
import { PROCESS_DEFINITIONS } from "../../testing/process-definitions.ts";
import { TestWorkspace } from "../../testing/test-workspace.ts";
import { createRecord } from "../../writes/create-record.ts";
import { addComment } from "../add-comment.ts";
import { stageStatus } from "./stage-status.ts";
import { tickChecklist } from "./tick-checklist.ts";
import { transitionRecord } from "./transition-record.ts";

describe.each(databaseKinds)("moving through stages on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;
  let test: TestWorkspace;
  let seller: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
    test = await TestWorkspace.make(db, PROCESS_DEFINITIONS);
    seller = await test.addMember("Sel", ["seller"]);
  });
  afterAll(() => database.close());

  async function deal(values: object = {}): Promise<string> {
    return (await createRecord(db, await test.as(seller), "deal", { values: { name: "Lift", ...values } })).id;
  }

  it("says everything that is missing at once, field by field and in words", async () => {
    const id = await deal();
    const move = transitionRecord(db, await test.as(seller), "deal", id, { to: "quoted" });
    await expect(move).rejects.toMatchObject({
      code: "invalid",
      errors: [
        {
          pointer: "/values/customer",
          code: "missingForStage",
          message: { en: "Fill in “customer”.", "zh-CN": "请填写“customer”。" },
        },
        { pointer: "/values/amount", code: "missingForStage", params: { kind: "criterion", key: "big" } },
        { pointer: "/checklist/call", code: "missingForStage", params: { kind: "checklist" } },
      ],
    });
  });

  it("shows where the record can go, what it lacks and who ticked what", async () => {
    const id = await deal({ amount: 5 });
    const ctx = await test.as(seller);
    await tickChecklist(db, ctx, "deal", id, "call", { isDone: true });
    await tickChecklist(db, ctx, "deal", id, "call", { isDone: true });
    const status = await stageStatus(db, ctx, "deal", id);
    expect(status).toMatchObject({
      stage: "open",
      since: "2026-03-15T08:00:00.000Z",
      dueAt: "2026-03-22T08:00:00.000Z",
      checklist: [
        {
          key: "call",
          required: true,
          dueAt: "2026-03-17T08:00:00.000Z",
          done: { by: { id: seller, title: "Sel" }, at: "2026-03-15T08:00:00.000Z" },
        },
      ],
      waiting: null,
    });
    expect(
      status.transitions.map(({ to, missing, needsApproval }) => [to, missing.map((m) => m.key), needsApproval]),
    ).toEqual([
      ["quoted", ["customer"], null],
      ["lost", [], null],
    ]);
    const events = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.id(test.workspace.schema, "fw_event")}
      where record_id = ${id} and kind = 'checklist'`.execute(db);
    expect(events.rows[0]?.n).toBe(1);
  });

  it("takes the values of the dialog into account and writes them with the move", async () => {
    const customer = await createRecord(db, await test.as(seller), "customer", { values: { name: "Acme" } });
    const id = await deal();
    const ctx = await test.as(seller, "2026-03-16T08:00:00.000Z");
    await tickChecklist(db, ctx, "deal", id, "call", { isDone: true });
    const moved = await transitionRecord(db, ctx, "deal", id, {
      to: "quoted",
      values: { amount: 10, customer: customer.id },
      version: 1,
    });
    expect(moved.is === "moved" && JSON.parse(moved.json)).toMatchObject({
      version: 2,
      values: { stage: "quoted", amount: 10, customer: customer.id },
    });
    const events = await sql<{ data: object }>`
      select data from ${sql.id(test.workspace.schema, "fw_event")}
      where record_id = ${id} and kind = 'moved'`.execute(db);
    expect(events.rows[0]?.data).toMatchObject({ from: "open", to: "quoted", seconds: 86_400 });
    const win = transitionRecord(db, ctx, "deal", id, { to: "won" });
    await expect(win).rejects.toMatchObject({ errors: [{ pointer: "/values/close_on" }] });
    expect((await transitionRecord(db, ctx, "deal", id, { to: "won", values: { close_on: "2026-03-16" } })).is).toBe(
      "moved",
    );
  });

  it("goes back, skips or gives up only where the flow says so, and then asks why", async () => {
    const id = await deal();
    const ctx = await test.as(seller);
    await expect(transitionRecord(db, ctx, "deal", id, { to: "won" })).rejects.toMatchObject({
      code: "conflict",
      extra: { reason: "noTransition" },
    });
    await expect(transitionRecord(db, ctx, "deal", id, { to: "nowhere" })).rejects.toMatchObject({ code: "invalid" });
    await expect(transitionRecord(db, ctx, "deal", id, { to: "lost" })).rejects.toMatchObject({
      errors: [{ pointer: "/comment" }],
    });
    expect((await transitionRecord(db, ctx, "deal", id, { to: "lost", comment: "too dear" })).is).toBe("moved");
    await expect(transitionRecord(db, ctx, "deal", id, { to: "open" })).rejects.toMatchObject({
      extra: { reason: "noTransition" },
    });
  });

  it("refuses stale versions, unknown values and strangers", async () => {
    const id = await deal();
    const ctx = await test.as(seller);
    await expect(transitionRecord(db, ctx, "deal", id, { to: "lost", version: 7 })).rejects.toMatchObject({
      code: "stale",
    });
    await expect(
      transitionRecord(db, ctx, "deal", id, { to: "lost", comment: "x", values: { nothing: 1, stage: "won" } }),
    ).rejects.toMatchObject({ errors: [{ pointer: "/values/nothing" }, { code: "useTransition" }] });
    const stranger = await test.as(await test.addMember("Guest", ["guest"]));
    await expect(transitionRecord(db, stranger, "deal", id, { to: "lost" })).rejects.toMatchObject({
      code: "notFound",
    });
    await expect(addComment(db, stranger, "deal", id, "hello")).rejects.toMatchObject({ code: "notFound" });
  });
});
