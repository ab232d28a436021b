import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvent } from "../events/append-event.ts";
import { ensureEventPartitions } from "../events/event-partitions.ts";
import { TEST_NOW, TestWorkspace } from "../testing/test-workspace.ts";
import { createAccount, findAccountByEmail } from "./accounts.ts";
import { createWorkspace } from "./create-workspace.ts";
import { claimIdempotencyKey, finishIdempotencyKey } from "./idempotency.ts";
import { migratePlatform } from "./run-migrations.ts";
import { openSession, rotateRefreshToken } from "./sessions.ts";
import { membershipIn } from "./workspaces.ts";

describe.each(databaseKinds)("the platform on %s", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    await migratePlatform(database.kysely);
  });
  afterAll(() => database.close());

  const account = (email: string) =>
    createAccount(database.kysely, {
      id: uuidv7(),
      email,
      name: "A",
      passwordHash: "x",
      locale: "en",
      timeZone: "UTC",
    });

  it("migrates once, however often and from however many places it is asked", async () => {
    const ran = await Promise.all([migratePlatform(database.kysely), migratePlatform(database.kysely)]);
    expect(ran).toEqual([0, 0]);
  });

  it("makes a workspace that its first member can enter and nobody else, under an address of its own", async () => {
    const [mine, other] = [await account("one@example.test"), await account("two@example.test")];
    const make = (slug: string) =>
      database.kysely.transaction().execute((tx) =>
        createWorkspace(tx, {
          slug,
          name: "W",
          locale: "en",
          timeZone: "UTC",
          account: mine.id,
          member: { name: "A", email: null },
          now: TEST_NOW,
        }),
      );
    const { memberId } = await make("acme-west");
    expect(await membershipIn(database.kysely, mine.id, "acme-west")).toMatchObject({
      memberId,
      workspace: { schema: "w_acme_west" },
    });
    expect(await membershipIn(database.kysely, other.id, "acme-west")).toBe(null);
    await expect(make("acme-west")).rejects.toMatchObject({ code: "conflict" });
    for (const slug of ["A", "x", 'w"; drop', "-a-", "1abc"])
      await expect(make(slug)).rejects.toMatchObject({ code: "invalid" });
  });

  it("takes an e-mail address once, whatever its case", async () => {
    await account("Case@Example.test");
    await expect(account("case@example.TEST")).rejects.toMatchObject({ code: "conflict" });
    expect(await findAccountByEmail(database.kysely, " CASE@example.test ")).toMatchObject({
      email: "Case@Example.test",
    });
  });

  it("ends a session whose old refresh token comes back, and forgives two tabs at once", async () => {
    const { id } = await account("session@example.test");
    const session = uuidv7();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await openSession(database.kysely, {
      id: session,
      account: id,
      userAgent: null,
      address: null,
      expiresAt,
      tokenHash: "t1",
    });
    const rotate = (from: string, to: string) => rotateRefreshToken(database.kysely, from, to, expiresAt);
    expect(await rotate("t1", "t2")).toMatchObject({ outcome: "rotated", account: id });
    expect(await rotate("t1", "t3")).toMatchObject({ outcome: "rotated" });
    await sql`update platform.refresh_token set used_at = now() - interval '1 minute' where hash = 't1'`.execute(
      database.kysely,
    );
    expect(await rotate("t1", "t4")).toEqual({ outcome: "reused", session });
    expect(await rotate("t2", "t5")).toEqual({ outcome: "unknown" });
  });

  it("gives the first answer again for a key, and refuses the key for something else", async () => {
    const claim = (fingerprint: string) => claimIdempotencyKey(database.kysely, "s", "k", fingerprint);
    expect(await claim("a")).toEqual({ outcome: "first" });
    expect(await claim("a")).toEqual({ outcome: "running" });
    await finishIdempotencyKey(database.kysely, "s", "k", { status: 201, headers: { location: "/x" }, body: "{}" });
    expect(await claim("a")).toEqual({ outcome: "done", status: 201, headers: { location: "/x" }, body: "{}" });
    expect(await claim("b")).toEqual({ outcome: "mismatch" });
  });

  it("keeps an event log in monthly parts that are made ahead, and loses none of a month that has none", async () => {
    const test = await TestWorkspace.make(database.kysely);
    const { schema } = test.workspace;
    const ctx = await test.admin();
    const log = (now: string) =>
      database.kysely
        .transaction()
        .execute((tx) =>
          appendEvent(tx, { ...ctx, now }, { entity: "member", recordId: test.adminId, kind: "comment" }),
        );
    await log("2027-09-10T00:00:00Z");
    await ensureEventPartitions(database.kysely, schema, "2027-08-01T00:00:00Z");
    await log("2027-08-10T00:00:00Z");
    await log("2027-09-11T00:00:00Z");
    const found = await sql<{ part: string; n: number }>`
      select tableoid::regclass::text as part, count(*) as n from ${sql.id(schema, "fw_event")} where kind = 'comment' group by 1 order by 1`.execute(
      database.kysely,
    );
    expect(found.rows.map((row) => [row.part.split(".").at(-1), Number(row.n)])).toEqual([
      ["fw_event_202708", 1],
      ["fw_event_default", 2],
    ]);
  });
});
