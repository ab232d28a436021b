import type { AddressInfo } from "node:net";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, publishDeals, startTestServer, type TestServer } from "../testing/test-server.ts";

describe.each(databaseKinds)("live updates on %s", (kind) => {
  let database: TestDatabase;
  let test: TestServer;
  let address: string;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database);
    await publishDeals(test.admin);
    await test.server.listen({ port: 0, host: "127.0.0.1" });
    address = `http://127.0.0.1:${(test.server.server.address() as AddressInfo).port}/api/v1/w/acme/events`;
  });
  afterAll(async () => {
    await test.close();
    await database.close();
  });

  const follow = async (who: Caller) => {
    const stop = new AbortController();
    const answer = await fetch(address, { headers: { authorization: `Bearer ${who.token}` }, signal: stop.signal });
    const told: { event: string; data: Record<string, unknown> }[] = [];
    let ended = false;
    void (async () => {
      let text = "";
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += piece;
        const parts = text.split("\n\n");
        text = parts.pop() ?? "";
        for (const part of parts) {
          const [, event = "", data = ""] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
          if (event) told.push({ event, data: JSON.parse(data) });
        }
      }
      ended = true;
    })().catch(() => {
      ended = true;
    });
    return { answer, told, hasEnded: () => ended, stop: () => stop.abort() };
  };

  it("tells what changed to those who may see it, and to nobody else", async () => {
    const tom = await test.invite("Tom", ["seller"]);
    const [all, own] = [await follow(test.admin), await follow(tom)];
    expect(all.answer.headers.get("content-type")).toContain("text/event-stream");
    const hers = await test.admin.post("/w/acme/records/deal", { values: { name: "Ann's" } });
    const his = await tom.post("/w/acme/records/deal", { values: { name: "Tom's" } });
    await tom.patch(`/w/acme/records/deal/${his.body.id}`, { values: { name: "Tom's two" } });
    const seen = (told: typeof all.told, id: string) =>
      told.filter(({ event, data }) => event === "record" && data.id === id).map(({ data }) => data.kind);
    await expect.poll(() => seen(all.told, hers.body.id), { timeout: 10_000 }).toContain("created");
    await expect.poll(() => seen(own.told, his.body.id).at(-1), { timeout: 10_000 }).toBe("updated");
    expect(seen(own.told, hers.body.id)).toEqual([]);
    expect(own.told.find(({ data }) => data.kind === "updated")?.data.version).toBe(2);
    all.stop();
    own.stop();
  });

  it("tells of many records at once only those who may see so many of them", async () => {
    const ted = await test.invite("Ted", ["seller"]);
    const [all, own] = [await follow(test.admin), await follow(ted)];
    const create = Array.from({ length: 60 }, (_none, index) => ({ values: { name: `Many ${index}` } }));
    await test.admin.post("/w/acme/records/deal/bulk?atomic=true", { create });
    const his = await ted.post("/w/acme/records/deal", { values: { name: "Ted's" } });
    const kinds = (told: typeof all.told) =>
      told.filter(({ event }) => event === "record").map(({ data }) => data.kind);
    await expect.poll(() => kinds(all.told), { timeout: 10_000 }).toContain("many");
    await expect.poll(() => own.told.map(({ data }) => data.id), { timeout: 10_000 }).toContain(his.body.id);
    expect(kinds(own.told)).toEqual(["created"]);
    all.stop();
    own.stop();
  });

  it("tells that a release was published", async () => {
    const stream = await follow(test.admin);
    const { body } = await test.admin.get("/w/acme/draft");
    const deal = body.definitions.find((one: { key: string }) => one.key === "deal");
    await test.admin.put("/w/acme/draft/entity/deal", { ...deal, label: { en: "Bargain", "zh-CN": "交易" } });
    await test.admin.post("/w/acme/draft/publish", {});
    await expect
      .poll(() => stream.told.find(({ event }) => event === "release")?.data, { timeout: 10_000 })
      .toEqual({ n: 3 });
    stream.stop();
  });

  it("ends with the session", async () => {
    const { body } = await test
      .caller(null)
      .post("/auth/login", { email: "tom@example.com", password: "correct horse" });
    const tom = test.caller(body.accessToken);
    const stream = await follow(tom);
    await tom.post("/auth/logout");
    await expect.poll(stream.hasEnded, { timeout: 10_000 }).toBe(true);
    const refused = await fetch(address, { headers: { authorization: `Bearer ${body.accessToken}` } });
    expect(refused.status).toBe(401);
  });
});
