import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "@formwright/database";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type Caller, fileBody, PASSWORD, publishDeals } from "../testing/test-server.ts";

const ENTRY = fileURLToPath(new URL("../testing/server-process.ts", import.meta.url));
const ROWS = 4_000;

describe.each(databaseKinds)("an import on %s whose server is killed", (kind) => {
  let folder: string;
  let server: ChildProcess | null = null;
  let database: TestDatabase | null = null;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "fw-resume-"));
    database = kind === "postgres" ? await openTestDatabase(kind) : null;
  }, 30_000);
  afterEach(async () => {
    await kill();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<string> => {
    const url = database?.url;
    const env = { PATH: process.env.PATH ?? "", DATA_DIR: folder, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error" };
    server = spawn(process.execPath, [ENTRY], {
      env: { ...env, ...(url && { DATABASE_URL: url }) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (!server.stdout) throw new Error("no output");
    const ended = once(server, "exit").then(() => Promise.reject(new Error("the server ended")));
    ended.catch(() => {});
    const [address] = await Promise.race([once(createInterface({ input: server.stdout }), "line"), ended]);
    return String(address);
  };
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGKILL");
    await gone;
  };
  /** As though nobody had started a server for some minutes. */
  const letTimePass = async () => {
    const open: Database = database ?? (await openDatabase({ kind: "folder", path: join(folder, "db") }));
    await sql`update w_acme.fw_import set lease_until = lease_until - interval '5 minutes'`.execute(open.kysely);
    await sql`update w_acme.fw_job set run_at = run_at - interval '5 minutes'`.execute(open.kysely);
    if (!database) await open.close();
  };

  it("goes on where it was when a server is there again, and writes no row twice", async () => {
    const first = await start();
    const setup = await callerAt(first, null).post("/setup", {
      account: { name: "Ann", email: "ann@example.com", password: PASSWORD },
      workspace: { name: "Acme", slug: "acme" },
      locale: "en",
    });
    const token: string = setup.body.accessToken;
    const before = callerAt(first, token);
    await publishDeals(before);
    const lines = Array.from({ length: ROWS }, (_, n) => `Row ${n},${n % 1_000 === 7 ? "much" : n}`);
    const file = await fileBody(`name,amount\n${lines.join("\n")}\n`, "deals.csv");
    const { body: upload } = await before.post("/w/acme/records/deal/import", file.body, { "content-type": file.type });
    const mapping = [
      { column: 0, field: "name" },
      { column: 1, field: "amount" },
    ];
    const path = `/w/acme/records/deal/import/${upload.job}`;
    expect((await before.post(`${path}/run`, { mapping })).status).toBe(202);
    const progress = async (caller: Caller) => (await caller.get(path)).body;
    await expect.poll(async () => (await progress(before)).done, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    await kill();
    await letTimePass();

    const after = callerAt(await start(), token);
    const cutOff = await progress(after);
    expect(cutOff.done).toBeLessThan(ROWS);
    await expect.poll(async () => (await progress(after)).state, { timeout: 90_000 }).toBe("done");
    expect(await progress(after)).toMatchObject({ done: ROWS, created: ROWS - 4, failed: 4 });
    const csv = await after.get("/w/acme/records/deal/export?fields=name");
    const names = csv.text.trim().split("\r\n").slice(1);
    expect(names).toHaveLength(ROWS - 4);
    expect(new Set(names).size).toBe(ROWS - 4);
    const report = await after.get(`${path}/report`);
    expect(report.text.trim().split("\r\n")).toHaveLength(5);
  }, 180_000);
});

function callerAt(address: string, token: string | null): Caller {
  const send: Caller["send"] = async (method, path, body, headers = {}): Promise<Answer> => {
    const isJson = body !== undefined && !(body instanceof Buffer);
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(isJson && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : new Uint8Array(body) }),
    });
    const text = await answer.text();
    const isObject = String(answer.headers.get("content-type")).includes("json");
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text,
      body: isObject ? JSON.parse(text) : null,
      cookies: [],
    };
  };
  return {
    token,
    send,
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
    patch: (path, body, headers) => send("PATCH", path, body, headers),
    put: (path, body, headers) => send("PUT", path, body, headers),
    delete: (path, headers) => send("DELETE", path, undefined, headers),
  };
}
