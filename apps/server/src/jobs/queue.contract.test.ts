import { addJob, type Context, findWorkspace, listJobs, type OutgoingMail, systemContext } from "@formwright/engine";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { Redis } from "ioredis";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Metrics } from "../http/metrics.ts";
import { parseSettings } from "../settings.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { type Background, startBackground } from "./background.ts";
import { openQueue } from "./queue.ts";

const redisUrl = process.env.TEST_REDIS_URL ?? null;
const setups = databaseKinds.flatMap((kind) => [
  { kind, queue: "its own database", redis: null },
  ...(redisUrl && kind === databaseKinds.at(-1) ? [{ kind, queue: "Redis", redis: redisUrl }] : []),
]);

describe.each(setups)("background work on $kind with the queue in $queue", ({ kind, redis }) => {
  let database: TestDatabase;
  let test: TestServer;
  let background: Background | null = null;
  const delivered: OutgoingMail[] = [];
  let failures = 0;
  const log = pino({ level: "silent" });
  const start = async () => {
    const settings = { ...parseSettings({}), dataDir: test.dataDir, redisUrl: redis };
    background = await startBackground({
      database,
      settings,
      log,
      metrics: new Metrics({ ofProcess: false }),
      deliver: async (mail) => {
        if (failures-- > 0) throw new Error("the mail server is away");
        delivered.push(mail);
      },
      graceSeconds: 0,
    });
    return background;
  };
  const context = async (): Promise<Context> => {
    const workspace = await findWorkspace(database.kysely, "acme");
    if (!workspace) throw new Error("no workspace");
    return systemContext(database.kysely, workspace, "test", { now: new Date().toISOString() });
  };
  const mail = async (subject: string, delayMs = 0) => {
    const ctx = await context();
    const id = ctx.newId();
    await database.kysely.transaction().execute(async (tx) => {
      await sql`insert into ${sql.id(ctx.workspace.schema, "fw_mail")} (id, address, subject, text, created_at)
        values (${id}, 'bob@example.com', ${subject}, 'Hello', ${ctx.now})`.execute(tx);
      await addJob(tx, ctx, { id, kind: "mail", payload: {}, runAt: new Date(Date.now() + delayMs).toISOString() });
    });
    return id;
  };
  const arrived = (subject: string) => delivered.filter((one) => one.subject === subject).length;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database);
  });
  afterEach(async () => {
    await background?.stop();
    background = null;
    failures = 0;
  });
  afterAll(async () => {
    await test.close();
    await database.close();
  });

  it("does what was written before it started, and what is written while it runs, once each", async () => {
    await mail("before");
    await start();
    await mail("meanwhile");
    await expect.poll(() => [arrived("before"), arrived("meanwhile")], { timeout: 15_000 }).toEqual([1, 1]);
    const done = async () => (await listJobs(database.kysely, await context(), { state: "done" })).items.length;
    await expect.poll(done, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  });

  it("waits until a job is due", async () => {
    await start();
    const from = Date.now();
    await mail("later", 1_500);
    await expect.poll(() => arrived("later"), { timeout: 15_000 }).toBe(1);
    expect(Date.now() - from).toBeGreaterThanOrEqual(1_000);
  });

  it("keeps the reason of a failure and puts the job off", async () => {
    await start();
    failures = 1;
    const id = await mail("second try");
    await expect
      .poll(
        async () =>
          (await listJobs(database.kysely, await context(), { kind: "mail" })).items.find((job) => job.id === id),
        {
          timeout: 15_000,
        },
      )
      .toMatchObject({
        state: expect.stringMatching(/^(waiting|queued)$/),
        attempts: 1,
        lastError: "the mail server is away",
      });
    expect(arrived("second try")).toBe(0);
  });

  it("does everything in the end although the queue lost all that it had", async () => {
    const running = await start();
    const ids = [await mail("lost one", 4_000), await mail("lost two", 4_000)];
    const states = async () =>
      (await listJobs(database.kysely, await context(), { limit: 200 })).items
        .filter((job) => ids.includes(job.id))
        .map(({ state }) => state);
    running.look("acme");
    await expect.poll(states, { timeout: 15_000 }).toEqual(["queued", "queued"]);
    await loseEverything(database, redis);
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await states()).toEqual(["queued", "queued"]);
    await running.sweep();
    await expect.poll(() => [arrived("lost one"), arrived("lost two")], { timeout: 15_000 }).toEqual([1, 1]);
  });

  it("sends a mail to a member's address as a file when there is no mail server", async () => {
    const settings = { ...parseSettings({}), dataDir: test.dataDir, redisUrl: redis };
    background = await startBackground({ database, settings, log, metrics: new Metrics({ ofProcess: false }) });
    const id = await mail("into the folder");
    await expect
      .poll(async () => (await test.admin.get(`/w/acme/outbox/${id}`)).body, { timeout: 15_000 })
      .toMatchObject({ state: "sent", subject: "into the folder" });
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(`${test.dataDir}/outbox/${id}.eml`, "utf8")).toMatch(/^Subject: into the folder$/m);
  });
});

async function loseEverything(database: TestDatabase, redis: string | null): Promise<void> {
  if (redis === null) {
    await sql`truncate bullmq.job cascade`.execute(database.kysely);
    return;
  }
  // What FLUSHALL would do, to this installation's keys alone.
  const found = await sql<{ value: string }>`select value from platform.setting where key = 'installation'`.execute(
    database.kysely,
  );
  const client = new Redis(redis);
  const keys = await client.keys(`formwright-${found.rows[0]?.value}*`);
  if (keys.length > 0) await client.del(...keys);
  client.disconnect();
}

describe("a Redis that is not there", () => {
  it("is said at the start, in one line", async () => {
    const database = await openTestDatabase("pglite");
    const opened = openQueue(database, "redis://127.0.0.1:1", pino({ level: "silent" }));
    await expect(opened).rejects.toMatchObject({
      name: "QueueUnreachable",
      reason: expect.stringContaining("ECONNREFUSED"),
    });
    await database.close();
  });
});
