import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, publishDeals, startTestServer, type TestServer } from "../testing/test-server.ts";

describe.each(databaseKinds)("bad input on %s", (kind) => {
  let database: TestDatabase;
  let test: TestServer;
  let admin: Caller;
  let other: { workspace: string; deal: string };
  const deals = "/w/acme/records/deal";
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database);
    admin = test.admin;
    await publishDeals(admin);
    await admin.post("/workspaces", { name: "Other", slug: "other-one" });
    await publishDeals(admin, "other-one");
    const { body } = await admin.post("/w/other-one/records/deal", { values: { name: "Elsewhere" } });
    other = { workspace: "other-one", deal: body.id };
  });
  afterAll(async () => {
    await test.close();
    await database.close();
  });
  const pointers = (body: { errors?: { pointer: string }[] }) =>
    (body.errors ?? []).map(({ pointer }) => pointer).sort();

  it("names everything that is wrong, each with its pointer, in the reader's language", async () => {
    const values = { name: 7, amount: "much", day: "2024-02-30", level: "bronze", nonsense: 1 };
    const english = await admin.post(deals, { values });
    expect(english.status).toBe(422);
    expect(english.headers["content-type"]).toContain("application/problem+json");
    expect(pointers(english.body)).toContain("/values/nonsense");
    const known = await admin.post(deals, { values: { ...values, nonsense: undefined } });
    expect(pointers(known.body)).toEqual(["/values/amount", "/values/day", "/values/level", "/values/name"]);
    const chinese = await admin.post(deals, { values }, { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" });
    expect(chinese.body.title).toBe("内容有误");
    expect(chinese.body.requestId).toBe(chinese.headers["x-request-id"]);
  });

  it("refuses unknown members of bodies and addresses", async () => {
    expect(pointers((await admin.post(deals, { values: { name: "A" }, extra: 1 })).body)).toEqual(["/extra"]);
    expect(pointers((await admin.get(`${deals}?limt=5`)).body)).toEqual(["/limt"]);
    expect(pointers((await admin.get("/me?x=1")).body)).toEqual(["/x"]);
    expect((await admin.get(`${deals}?limit=0`)).status).toBe(422);
    expect((await admin.get(`${deals}?limit=501`)).status).toBe(422);
    expect((await admin.get(`${deals}?sort=nope`)).status).toBe(422);
    expect((await admin.get(`${deals}?filter=${encodeURIComponent('{"==":[{"var":"nope"},1]}')}`)).status).toBe(422);
    expect((await admin.get(`${deals}?filter=${encodeURIComponent('{"==":[{"var":"amount"},"x"]}')}`)).status).toBe(
      422,
    );
    expect((await admin.get(`${deals}?filter={`)).status).toBe(422);
  });

  it("refuses what is no JSON, too deep, too large or of another type", async () => {
    const json = { "content-type": "application/json" };
    expect((await admin.post(deals, "{not json", json)).status).toBe(400);
    expect((await admin.post(deals, '{"values":{"__proto__":{"x":1}}}', json)).status).toBe(400);
    const deep = `{"values":{"name":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`;
    expect((await admin.post(deals, deep, json)).status).toBe(422);
    expect((await admin.post(deals, { values: { name: "x".repeat(1_100_000) } })).status).toBe(413);
    expect((await admin.post(deals, { values: { name: "x".repeat(1_000_000) } })).status).toBe(422);
    expect((await admin.post(deals, "name=x", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(
      415,
    );
    expect((await admin.post(deals, { values: { name: "a\u0000b" } })).status).toBe(422);
    expect(
      (await admin.post(`${deals}/query`, { filter: JSON.parse(`${'{"!":['.repeat(60)}true${"]}".repeat(60)}`) }))
        .status,
    ).toBe(422);
  });

  it("keeps workspaces apart, whoever's id is used", async () => {
    expect((await admin.get(`${deals}/${other.deal}`)).status).toBe(404);
    expect((await admin.patch(`${deals}/${other.deal}`, { values: { name: "Mine" } })).status).toBe(404);
    expect((await admin.delete(`${deals}/${other.deal}`)).status).toBe(404);
    const pointing = await admin.post(deals, { values: { name: "A", parent: other.deal } });
    expect([pointing.status, pointers(pointing.body)]).toEqual([422, ["/values/parent"]]);
    const stranger = await test.invite("Sue", ["seller"]);
    expect((await stranger.get(`/w/${other.workspace}/records/deal`)).status).toBe(404);
    expect((await stranger.get("/w/nowhere/records/deal")).body.detail).toBe(
      (await stranger.get(`/w/${other.workspace}/records/deal`)).body.detail,
    );
  });

  it("gives 404 for ids and entities that are none", async () => {
    for (const path of [
      `${deals}/not-an-id`,
      `${deals}/00000000-0000-7000-8000-000000000000`,
      "/w/acme/records/nope",
      "/nope",
      "/w/acme/nope",
    ]) {
      expect([path, (await admin.get(path)).status]).toEqual([path, 404]);
    }
    expect((await test.caller(null).get(deals)).status).toBe(401);
  });

  it("tells who comes second what there is now", async () => {
    const made = await admin.post(deals, { values: { name: "First" } });
    expect(made.headers.etag).toBe('"1"');
    const path = `${deals}/${made.body.id}`;
    const changed = await admin.patch(path, { values: { name: "Second" } }, { "if-match": '"1"' });
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"']);
    const stale = await admin.patch(path, { values: { name: "Third" } }, { "if-match": '"1"' });
    expect([stale.status, stale.body.current.values.name]).toEqual([412, "Second"]);
    expect((await admin.delete(path, { "if-match": '"1"' })).status).toBe(412);
    expect((await admin.patch(path, { values: { name: "x" } }, { "if-match": "3" })).status).toBe(400);
    const both = await Promise.all(
      ["A", "B"].map((name) => admin.patch(path, { values: { name } }, { "if-match": '"2"' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it("binds a cursor to its query", async () => {
    await admin.post(`${deals}/bulk`, {
      create: Array.from({ length: 5 }, (_, n) => ({ values: { name: `Deal ${n}` } })),
    });
    const first = await admin.get(`${deals}?limit=2&sort=name`);
    const cursor = encodeURIComponent(first.body.nextCursor);
    const second = await admin.get(`${deals}?limit=2&sort=name&cursor=${cursor}`);
    expect(second.status).toBe(200);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    expect((await admin.get(`${deals}?limit=2&sort=-name&cursor=${cursor}`)).status).toBe(400);
    expect((await admin.get(`${deals}?cursor=nonsense`)).status).toBe(400);
  });

  it("gives the first answer again for the same key, and refuses the key for anything else", async () => {
    const key = { "idempotency-key": "once" };
    const body = { values: { name: "Once" } };
    const first = await admin.post(deals, body, key);
    const again = await admin.post(deals, body, key);
    expect([again.status, again.text, again.headers.etag]).toEqual([201, first.text, first.headers.etag]);
    expect((await admin.post(deals, { values: { name: "Twice" } }, key)).status).toBe(422);
    const { body: list } = await admin.get(`${deals}?filter=${encodeURIComponent('{"==":[{"var":"name"},"Once"]}')}`);
    expect(list.items).toHaveLength(1);
    const parallel = await Promise.all(
      Array.from({ length: 4 }, () =>
        admin.post(deals, { values: { name: "At once" } }, { "idempotency-key": "four" }),
      ),
    );
    expect(new Set(parallel.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1);
  });

  it("says a taken unique value is a conflict at its field", async () => {
    await admin.post(deals, { values: { name: "A", code: "C1" } });
    const taken = await admin.post(deals, { values: { name: "B", code: "C1" } });
    expect([taken.status, pointers(taken.body)]).toEqual([409, ["/values/code"]]);
  });

  it("hides what a role may not see, in lists, filters, sorts and figures", async () => {
    const tom = await test.invite("Tom", ["seller"]);
    const mine = await tom.post(deals, { values: { name: "Tom's" } });
    expect(mine.status).toBe(201);
    const list = await tom.get(deals);
    expect(list.body.items.map((one: { id: string }) => one.id)).toEqual([mine.body.id]);
    expect(list.body.items[0].values).not.toHaveProperty("amount");
    expect((await tom.get(`${deals}?sort=amount`)).status).toBe(422);
    expect((await tom.get(`${deals}?filter=${encodeURIComponent('{">":[{"var":"amount"},1]}')}`)).status).toBe(422);
    expect((await tom.post(`${deals}/aggregate`, { measures: [{ fn: "sum", field: "amount" }] })).status).toBe(422);
    expect((await tom.post(deals, { values: { name: "x", amount: 5 } })).status).toBe(422);
    expect((await tom.get(`${deals}/export`)).status).toBe(403);
    expect((await tom.delete(`${deals}/${mine.body.id}`)).status).toBe(403);
    expect((await tom.get("/w/acme/model")).text).not.toContain("amount");
    for (const path of [
      "/w/acme/draft",
      "/w/acme/releases",
      "/w/acme/jobs",
      "/w/acme/runs",
      "/w/acme/outbox",
      "/w/acme/definitions",
    ]) {
      expect([path, (await tom.get(path)).status]).toEqual([path, 403]);
    }
  });

  it("describes the entities in OpenAPI 3.1", async () => {
    const { body } = await admin.get("/w/acme/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    expect(JSON.stringify(Object.keys(body.paths))).toContain("records/deal");
    expect((await admin.get("/openapi.json")).body.paths["/api/v1/auth/login"].post.requestBody).toBeDefined();
  });

  it("refuses cursors that somebody wrote into", async () => {
    for (const name of ["Cursor one", "Cursor two"]) await admin.post(deals, { values: { name, amount: 1 } });
    const { body } = await admin.get(`${deals}?limit=1&sort=-amount`);
    const [mark, amount, id] = JSON.parse(Buffer.from(body.nextCursor, "base64url").toString("utf8"));
    for (const changed of [
      [mark, "much", id],
      [mark, amount, "nobody"],
    ]) {
      const cursor = Buffer.from(JSON.stringify(changed)).toString("base64url");
      expect((await admin.get(`${deals}?limit=1&sort=-amount&cursor=${cursor}`)).status).toBe(400);
    }
    const dashes = "-".repeat(36);
    expect((await admin.get(`/w/acme/tasks?cursor=1~${dashes}`)).status).toBe(400);
    expect((await admin.get(`/w/acme/tasks?cursor=2024-01-01~${dashes}`)).status).toBe(400);
  });

  it("names unknown fields of a single record's address, as for a list", async () => {
    const { body } = await admin.post(deals, { values: { name: "Fields" } });
    expect(pointers((await admin.get(`${deals}/${body.id}?fields=nope&expand=neither`)).body)).toEqual([
      "/expand/0",
      "/fields/0",
    ]);
    expect((await admin.get(`${deals}/${body.id}?fields=name,owner&expand=parent`)).status).toBe(200);
  });
});
