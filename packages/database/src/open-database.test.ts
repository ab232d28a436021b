import { fork } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, FolderInUse, openDatabase } from "./index.ts";

const serverUrl = process.env.TEST_DATABASE_URL;
const kinds = serverUrl ? (["pglite", "postgres"] as const) : (["pglite"] as const);

describe.each(kinds)("a database on %s", (kind) => {
  const schema = `fw_database_${process.pid}`;
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(
      kind === "postgres" && serverUrl ? { kind: "server", url: serverUrl } : { kind: "memory" },
    );
    await sql`create schema ${sql.id(schema)}`.execute(database.kysely);
    await sql`create table ${sql.id(schema, "note")} (id int primary key, words text not null)`.execute(
      database.kysely,
    );
  });
  afterAll(async () => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.kysely);
    await database.close();
  });
  const table = () => sql.id(schema, "note");

  it("keeps transactions of many callers apart while others read", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, async (_, index) => {
        if (index % 2) return sql`select count(*) from ${table()}`.execute(database.reads);
        return database.kysely.transaction().execute(async (tx) => {
          await sql`insert into ${table()} values (${index}, 'kept')`.execute(tx);
          if (index % 8 === 0) throw new Error("rolled back");
        });
      }),
    );
    expect(results.filter((one) => one.status === "rejected")).toHaveLength(5);
    const { rows } = await sql<{ n: number }>`select count(*) n from ${table()}`.execute(database.reads);
    expect(rows[0]?.n).toBe(15);
  });

  it("gives the connection back after a statement failed in a transaction", async () => {
    await expect(
      database.kysely.transaction().execute(async (tx) => {
        await sql`insert into ${table()} values (1000, null)`.execute(tx);
      }),
    ).rejects.toMatchObject({ code: "23502" });
    await expect(sql`select 1/0`.execute(database.kysely)).rejects.toMatchObject({ code: "22012" });
    const { rows } = await sql`select 1 as one`.execute(database.kysely);
    expect(rows).toEqual([{ one: 1 }]);
  });

  it("reads on after a column changed its type under a statement it has a plan for", async () => {
    const read = () => sql<{ words: unknown }>`select words from ${table()} where id = ${2}`.execute(database.reads);
    for (let time = 0; time < 12; time++) await read();
    await sql`alter table ${table()} alter column words type int using length(words)`.execute(database.kysely);
    const answers = await Promise.all(Array.from({ length: 8 }, read));
    expect(new Set(answers.map(({ rows }) => rows[0]?.words))).toEqual(new Set([4]));
    await sql`alter table ${table()} alter column words type text`.execute(database.kysely);
  });

  it("gives a tenant its own schema without disturbing the others", async () => {
    const pool = database.schemaPool(schema);
    const [tenant, own] = await Promise.all([
      pool.query("select count(*) n from note"),
      sql`show search_path`.execute(database.kysely),
    ]);
    expect(Number(tenant.rows[0].n)).toBe(15);
    expect(JSON.stringify(own.rows)).not.toContain(schema);
    await expect(sql`select 1 from note`.execute(database.kysely)).rejects.toMatchObject({ code: "42P01" });
  });

  it("hears what is notified, after the commit and never after a rollback", async () => {
    const heard: (string | null)[] = [];
    const stop = await database.listen(`${schema}_news`, (payload) => heard.push(payload));
    await sql`select pg_notify(${`${schema}_news`}, 'one')`.execute(database.kysely);
    await database.kysely
      .transaction()
      .execute(async (tx) => {
        await sql`select pg_notify(${`${schema}_news`}, 'lost')`.execute(tx);
        throw new Error("rolled back");
      })
      .catch(() => {});
    await sql`select pg_notify(${`${schema}_news`}, 'two')`.execute(database.kysely);
    await expect.poll(() => heard).toEqual(["one", "two"]);
    stop();
  });

  it("gives exact numbers and dates as text and instants in UTC", async () => {
    const { rows } = await sql`select 1.10::numeric a, '2024-02-29'::date b, '2024-02-29 12:00+08'::timestamptz c,
      9007199254740993::int8 d, 7::int8 e, '{1.10,null}'::numeric[] f`.execute(database.reads);
    expect(rows).toEqual([
      { a: "1.10", b: "2024-02-29", c: "2024-02-29T04:00:00.000Z", d: "9007199254740993", e: 7, f: ["1.10", null] },
    ]);
  });
});

describe.runIf(serverUrl)("reads on PostgreSQL", () => {
  it("refuses a transaction", async () => {
    const database = await openDatabase({ kind: "server", url: serverUrl as string });
    await expect(database.reads.transaction().execute(async () => {})).rejects.toThrow("no transactions");
    await database.close();
  });

  it("comes back after its connections were ended", async () => {
    const database = await openDatabase({ kind: "server", url: serverUrl as string, readConnections: 2 });
    const mark = `fw_read_${process.pid}`;
    await sql`select set_config('application_name', ${mark}, false)`.execute(database.reads);
    await sql`select set_config('application_name', ${mark}, false)`.execute(database.reads);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${mark}`.execute(
      database.kysely,
    );
    await expect
      .poll(() =>
        sql`select 1 as one`.execute(database.reads).then(
          ({ rows }) => rows,
          () => null,
        ),
      )
      .toEqual([{ one: 1 }]);
    await database.close();
  });

  it("says at once that nothing answers", async () => {
    await expect(openDatabase({ kind: "server", url: "postgres://nobody@127.0.0.1:1/none" })).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });
});

const WRITER = `
import { sql } from "kysely";
import { openDatabase } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
const database = await openDatabase({ kind: "folder", path: process.argv[2] });
await sql\`create table if not exists row_kept (id serial primary key, run int, n int)\`.execute(database.kysely);
for (let n = 0; ; n++) {
  await database.kysely.transaction().execute((tx) => sql\`insert into row_kept (run, n) values (\${Number(process.argv[3])}, \${n})\`.execute(tx));
  process.send(n);
}`;

describe("the embedded database in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "fw-database-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "db");

  it("has every acknowledged row after its process was killed", async () => {
    const script = join(folder, "writer.mts");
    writeFileSync(script, WRITER.replaceAll('from "kysely"', `from ${JSON.stringify(import.meta.resolve("kysely"))}`));
    const acknowledged: number[] = [];
    for (let run = 0; run < 2; run++) acknowledged.push(await writeUntilKilled(script, path, run));
    const database = await openDatabase({ kind: "folder", path });
    const { rows } = await sql<{
      run: number;
      n: number;
    }>`select run, count(*) n from row_kept group by run order by run`.execute(database.kysely);
    for (const [run, count] of acknowledged.entries()) expect(rows[run]?.n).toBeGreaterThanOrEqual(count);
    await database.close();
  });

  it("refuses a second process and names the first", async () => {
    const database = await openDatabase({ kind: "folder", path });
    database.lock?.describe("http://127.0.0.1:3000");
    const second = await openDatabase({ kind: "folder", path }).catch((error) => error);
    expect(second).toBeInstanceOf(FolderInUse);
    expect(second.message).toContain(`process ${process.pid}, http://127.0.0.1:3000`);
    await database.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
    await (await openDatabase({ kind: "folder", path })).close();
  });
});

function writeUntilKilled(script: string, path: string, run: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [path, String(run)], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let acknowledged = 0;
    let said = "";
    child.stderr?.on("data", (text) => {
      said += text;
    });
    child.on("message", () => {
      acknowledged += 1;
      if (acknowledged === 150) child.kill("SIGKILL");
    });
    child.on("exit", (_, signal) => (signal === "SIGKILL" ? resolve(acknowledged) : reject(new Error(said))));
  });
}
