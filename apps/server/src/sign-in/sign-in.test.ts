import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, PASSWORD, startTestServer, type TestServer } from "../testing/test-server.ts";

const refreshOf = (answer: Answer) => ({
  cookie: `formwright_refresh=${answer.cookies.find(({ name }) => name === "formwright_refresh")?.value}`,
});

describe.each(databaseKinds)("signing in on %s", (kind) => {
  let database: TestDatabase;
  let test: TestServer;
  let now = new Date();
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database, { now: () => now });
  });
  afterAll(async () => {
    await test.close();
    await database.close();
  });
  const login = (email = "ann@example.com", password = PASSWORD) =>
    test.caller(null).post("/auth/login", { email, password });

  it("sets up once", async () => {
    expect((await test.caller(null).get("/status")).body.setUp).toBe(true);
    const again = await test.caller(null).post("/setup", {
      account: { name: "Eve", email: "eve@example.com", password: PASSWORD },
      workspace: { name: "Eve's", slug: "eves" },
    });
    expect(again.status).toBe(409);
  });

  it("answers with a token that opens what is the account's, whatever the case of the address", async () => {
    const answer = await login("Ann@Example.COM");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ expiresIn: 900, account: { name: "Ann" }, workspaces: [{ slug: "acme" }] });
    const cookie = answer.headers["set-cookie"] as string;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const me = await test.caller(answer.body.accessToken).get("/me");
    expect(me.body.workspaces[0]).toMatchObject({ slug: "acme" });
    expect(JSON.stringify(me.body)).not.toContain("argon2");
  });

  it("says the same for a wrong password and an unknown address", async () => {
    const [wrong, unknown] = [await login("ann@example.com", "wrong one"), await login("nobody@example.com")];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body.detail).toBe(unknown.body.detail);
  });

  it("locks an address out after ten failures", async () => {
    for (let time = 0; time < 10; time++) await login("locked@example.com", "wrong one");
    const refused = await login("locked@example.com", "wrong one");
    expect(refused.status).toBe(429);
    expect((await login()).status).toBe(200);
  });

  it("refuses forged, foreign, unsigned and expired tokens", async () => {
    const { body } = await login();
    const [head, payload, signature] = String(body.accessToken).split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const forged = [
      `${head}.${encode({ ...claims, sub: "00000000-0000-7000-8000-000000000000" })}.${signature}`,
      `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
      `${head}.${payload}.${signature?.split("").reverse().join("")}`,
      "nonsense",
      "",
    ];
    for (const token of forged) {
      const refused = await test.caller(token).get("/me");
      expect([token.slice(-8), refused.status]).toEqual([token.slice(-8), 401]);
      expect(refused.body.code).toBe("unauthenticated");
    }
    expect((await test.caller(body.accessToken).get("/me")).status).toBe(200);
    now = new Date(now.getTime() + 16 * 60_000);
    expect((await test.caller(body.accessToken).get("/me")).status).toBe(401);
    now = new Date();
  });

  it("renews with the cookie, and ends the whole session when an old one is used again", async () => {
    const first = await login();
    const second = await test.caller(null).post("/auth/refresh", undefined, refreshOf(first));
    expect(second.status).toBe(200);
    expect(refreshOf(second)).not.toEqual(refreshOf(first));
    await sql`update platform.refresh_token set used_at = used_at - interval '1 minute' where used_at is not null`.execute(
      database.kysely,
    );
    expect((await test.caller(null).post("/auth/refresh", undefined, refreshOf(first))).status).toBe(401);
    expect((await test.caller(null).post("/auth/refresh", undefined, refreshOf(second))).status).toBe(401);
    expect((await test.caller(second.body.accessToken).get("/me")).status).toBe(401);
  });

  it("ends a session by hand, and its tokens with it", async () => {
    const [mine, other] = [await login(), await login()];
    const me = test.caller(mine.body.accessToken);
    const { body } = await me.get("/me/sessions");
    const current = body.items.find((one: { isCurrent: boolean }) => one.isCurrent);
    const [newest] = body.items.filter((one: { id: string }) => one.id !== current.id);
    expect((await test.caller(other.body.accessToken).get("/me")).status).toBe(200);
    expect((await me.delete(`/me/sessions/${newest.id}`)).status).toBe(204);
    expect((await test.caller(other.body.accessToken).get("/me")).status).toBe(401);
    expect((await me.get("/me")).status).toBe(200);
    expect((await me.delete("/me/sessions/00000000-0000-7000-8000-000000000000")).status).toBe(404);
  });

  it("signs out", async () => {
    const answer = await login();
    const out = await test.caller(answer.body.accessToken).post("/auth/logout", undefined, refreshOf(answer));
    expect(out.status).toBe(204);
    expect((await test.caller(answer.body.accessToken).get("/me")).status).toBe(401);
    expect((await test.caller(null).post("/auth/refresh", undefined, refreshOf(answer))).status).toBe(401);
  });

  it("lets an invited member in once, with their own roles", async () => {
    const bob = await test.invite("Bob", []);
    const me = await bob.get("/me");
    expect(me.body).toMatchObject({ account: { email: "bob@example.com" }, workspaces: [{ member: bob.member }] });
    expect((await bob.get("/w/acme/draft")).status).toBe(403);
    expect((await bob.post(`/w/acme/members/${bob.member}/invitation`)).status).toBe(403);
    expect((await test.admin.post(`/w/acme/members/${bob.member}/invitation`)).status).toBe(409);
    expect((await test.caller(null).get("/invitations/unknown")).status).toBe(404);
  });

  it("changes the password against the old one, and ends the other sessions", async () => {
    const [mine, other] = [await login("bob@example.com"), await login("bob@example.com")];
    const me = test.caller(mine.body.accessToken);
    const change = (current: string) => me.patch("/me", { password: { current, next: "another good one" } });
    const refused = await change("not it");
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, "/password/current"]);
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await test.caller(other.body.accessToken).get("/me")).status).toBe(401);
    expect((await me.get("/me")).status).toBe(200);
    expect((await login("bob@example.com", "another good one")).status).toBe(200);
  });

  it("shuts a member out who left", async () => {
    const dan = await test.invite("Dan", []);
    expect((await dan.get("/w/acme/model")).status).toBe(200);
    expect(
      (await test.admin.patch(`/w/acme/records/member/${dan.member}`, { values: { state: "inactive" } })).status,
    ).toBe(200);
    expect((await dan.get("/w/acme/model")).status).toBe(404);
  });
});
