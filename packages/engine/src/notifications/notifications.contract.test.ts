import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../context.ts";
import { PROCESS_DEFINITIONS, ROLES } from "../testing/process-definitions.ts";
import { TestWorkspace } from "../testing/test-workspace.ts";
import { createRecord } from "../writes/create-record.ts";
import { updateRecord } from "../writes/update-record.ts";
import { listNotifications, markRead } from "./inbox.ts";
import { listMails } from "./mails.ts";
import { notifyMembers } from "./notify.ts";

const [SELLER] = ROLES;
const BLIND = {
  ...SELLER,
  kind: "role" as const,
  key: "blind",
  label: { en: "Blind" },
  admin: false,
  entities: { deal: { actions: { read: "all" as const }, fields: { amount: "hidden" as const } } },
};

/** Their own department's deals and those below, no customers but their own. */
const NARROW = {
  ...BLIND,
  key: "narrow",
  entities: {
    deal: { actions: { read: "departmentTree" as const } },
    customer: { actions: { read: "own" as const } },
  },
};

describe.each(databaseKinds)("notifications on %s", (kind) => {
  let database: TestDatabase;
  let db: Db;
  let test: TestWorkspace;
  let deal: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    db = database.kysely;
    test = await TestWorkspace.make(db, [...PROCESS_DEFINITIONS, BLIND, NARROW]);
    deal = (await createRecord(db, await test.admin(), "deal", { values: { name: "电梯", amount: 12.5 } })).id;
  });
  afterAll(() => database.close());

  async function tell(
    cause: string,
    members: readonly string[],
    title = { en: "Pay {amount}: {title}", "zh-CN": "请付 {amount}：{title}" },
  ) {
    const ctx = await test.system();
    await db.transaction().execute((tx) =>
      notifyMembers(tx, ctx, {
        cause,
        kind: "automation",
        members,
        title,
        link: { entity: "deal", recordId: deal },
        channels: ["inbox", "email"],
      }),
    );
  }

  it("speaks each reader's language, in the inbox and by mail, once for one cause", async () => {
    const li = await test.addMember("李", ["seller"], { locale: "zh-CN", email: "li@example.test" });
    await tell("one", [li, test.adminId]);
    await tell("one", [li, test.adminId]);
    const inbox = await listNotifications(db, await test.as(li));
    expect(inbox).toMatchObject({ unread: 1, items: [{ link: { entity: "deal", recordId: deal }, readAt: null }] });
    expect(inbox.items[0]?.title).toBe("请付 12.5：电梯");
    const mails = await listMails(db, await test.admin());
    const sent = mails.items.map((mail) => [mail.address, mail.subject, mail.state]);
    expect(sent).toContainEqual(["li@example.test", "请付 12.5：电梯", "waiting"]);
    expect(sent).toContainEqual(["ada@example.test", "Pay 12.5: 电梯", "waiting"]);
    expect(sent).toHaveLength(2);
  });

  it("keeps from a reader what their roles hide", async () => {
    const blind = await test.addMember("Blind", ["blind"]);
    await tell("two", [blind]);
    expect((await listNotifications(db, await test.as(blind))).items[0]?.title).toBe("Pay …: 电梯");
  });

  it("pages newest first, and marks as read what is one's own", async () => {
    const [ann, bob] = [await test.addMember("Ann", ["seller"]), await test.addMember("Bob", ["seller"])];
    for (const n of ["1", "2", "3"]) await tell(`page ${n}`, [ann, bob], { en: `No. ${n}`, "zh-CN": `第 ${n} 条` });
    const ctx = await test.as(ann);
    const first = await listNotifications(db, ctx, { limit: 2 });
    expect(first.items.map((item) => item.title)).toEqual(["No. 3", "No. 2"]);
    const second = await listNotifications(db, ctx, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ title: "No. 1" }], nextCursor: null, unread: 3 });
    const ids = first.items.map((item) => item.id);
    expect(await markRead(db, await test.as(bob), ids)).toBe(3); // not Bob's
    expect(await markRead(db, ctx, ids)).toBe(1);
    expect(await markRead(db, ctx, "all")).toBe(0);
    await expect(listNotifications(db, ctx, { cursor: "x" })).rejects.toMatchObject({ code: "malformed" });
  });

  it("tells nobody who left", async () => {
    const gone = await test.addMember("Gone", ["seller"], { state: "inactive" });
    await tell("three", [gone]);
    const rows =
      await sql`select 1 from ${sql.id(test.workspace.schema, "fw_notification")} where member = ${gone}`.execute(db);
    expect(rows.rows).toEqual([]);
  });

  it("writes values as people read them, and follows references", async () => {
    const admin = await test.admin();
    const customer = (await createRecord(db, admin, "customer", { values: { name: "Acme", level: "b" } })).id;
    const made = await createRecord(db, admin, "deal", {
      values: { name: "Lift", amount: 1200.5, rate: 12, customer, close_on: "2026-05-01", urgent: true },
    });
    deal = made.id;
    const title = { en: "{customer.name}/{customer.level}/{stage}/{customer}/{owner}/{nothing}", "zh-CN": "{rate}" };
    await tell("four", [test.adminId], title);
    expect((await listNotifications(db, await test.admin())).items[0]?.title).toBe("Acme/B/Open/Acme/Ada/{nothing}");
  });

  it("tells nothing of a record, or of one behind it, that its reader may not read", async () => {
    const [top, below, beside] = [
      await test.addDepartment("Top"),
      await test.addDepartment("Under", null),
      await test.addDepartment("Beside"),
    ];
    await updateRecord(db, await test.admin(), "department", below, { values: { parent: top } });
    const owner = await test.addMember("Owner", ["seller"], { department: below });
    const [near, far] = [
      await test.addMember("Near", ["narrow"], { department: top }),
      await test.addMember("Far", ["narrow"], { department: beside }),
    ];
    const admin = await test.admin();
    const customer = (await createRecord(db, admin, "customer", { values: { name: "Secret" } })).id;
    deal = (await createRecord(db, admin, "deal", { owner, values: { name: "Lift", amount: 7, customer } })).id;
    await tell("five", [near, far], { en: "{title}: {amount} {customer} {customer.name}", "zh-CN": "{title}" });
    const titleFor = async (member: string) => (await listNotifications(db, await test.as(member))).items[0]?.title;
    expect(await titleFor(near)).toBe("Lift: 7 … …");
    expect(await titleFor(far)).toBe("…: … … …");
  });
});
