import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { databaseKinds, openTestDatabase, type TestDatabase } from "@formwright/testkit";
import ExcelJS from "exceljs";
import iconv from "iconv-lite";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Metrics } from "../http/metrics.ts";
import { type Background, startBackground } from "../jobs/background.ts";
import { parseSettings } from "../settings.ts";
import { type Caller, fileBody, publishDeals, startTestServer, type TestServer } from "../testing/test-server.ts";
import { zipOf } from "../testing/zip-of.ts";

const TABLE = "名称,金额,日期\r\n张三 项目,1200.50,2024-02-29\r\n李四 项目,3,2024-03-01\r\n";

describe.each(databaseKinds)("importing on %s", (kind) => {
  let database: TestDatabase;
  let test: TestServer;
  let background: Background;
  let admin: Caller;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = await startTestServer(database, { onChange: (workspace) => background?.look(workspace) });
    const settings = { ...parseSettings({}), dataDir: test.dataDir };
    const log = pino({ level: "silent" });
    background = await startBackground({ database, settings, metrics: new Metrics({ ofProcess: false }), log });
    admin = test.admin;
    await publishDeals(admin);
  });
  afterAll(async () => {
    await background.stop();
    await test.close();
    await database.close();
  });

  const upload = async (content: Buffer | string, name = "deals.csv", who = admin) => {
    const { body, type } = await fileBody(content, name);
    return who.post("/w/acme/records/deal/import", body, { "content-type": type });
  };
  const path = (job: string, action = "") => `/w/acme/records/deal/import/${job}${action}`;
  const go = async (job: string, action: "dry-run" | "run", plan: object) => {
    const started = await admin.post(path(job, `/${action}`), plan);
    expect(started.status, started.text).toBe(202);
    await expect
      .poll(async () => (await admin.get(path(job))).body.state, { timeout: 30_000 })
      .toBe(action === "run" ? "done" : "checked");
    return (await admin.get(path(job))).body;
  };
  const byName = async (name: string) =>
    (await admin.post("/w/acme/records/deal/query", { filter: { "==": [{ var: "name" }, name] } })).body.items;

  it.each([
    ["utf-8", Buffer.from(TABLE)],
    ["utf-8", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TABLE)])],
    ["utf-16le", iconv.encode(TABLE, "utf-16le", { addBOM: true })],
    ["utf-16be", iconv.encode(TABLE, "utf-16be", { addBOM: true })],
    ["gb18030", iconv.encode(TABLE, "gbk")],
  ])("reads %s and proposes fields by their Chinese labels", async (encoding, content) => {
    const { status, body } = await upload(content);
    expect(status).toBe(201);
    expect(body).toMatchObject({ encoding, rows: 2 });
    expect(body.columns.map((one: { suggestion: { field: string } }) => one.suggestion?.field)).toEqual([
      "name",
      "amount",
      "day",
    ]);
    expect(body.columns[0].samples).toEqual(["张三 项目", "李四 项目"]);
  });

  it("reports every fault by row and column, writes the rest, and gives the failed rows back", async () => {
    const csv =
      "name,level,amount,day\nGood,gold,5,10/20/2016\nTypo,Gold levle,6,10/21/2016\nBad,gold,much,10/22/2016\n,gold,7,\n";
    const { body: uploaded } = await upload(csv);
    expect(uploaded.columns[3].dateOrder).toBe("mdy");
    const mapping = uploaded.columns.map(
      ({ index, suggestion }: { index: number; suggestion: { field: string; options?: object } }) => ({
        column: index,
        ...suggestion,
      }),
    );
    const checked = await go(uploaded.job, "dry-run", { mapping });
    expect(checked).toMatchObject({ created: 1, failed: 3, total: 4, done: 4 });
    expect(checked.findings).toEqual([
      expect.objectContaining({ row: 3, column: "level", code: "notChoice", value: "Gold levle" }),
      expect.objectContaining({ row: 4, column: "amount", code: "notNumber", value: "much" }),
      expect.objectContaining({ row: 5, column: "name", code: "required" }),
    ]);
    expect(checked.unmatched).toEqual([
      expect.objectContaining({
        field: "level",
        value: "Gold levle",
        count: 1,
        proposal: { value: "gold", text: "Gold level" },
      }),
    ]);
    expect(await byName("Good")).toHaveLength(0);
    mapping[1].options = { valueMap: { "Gold levle": "gold" } };
    const ran = await go(uploaded.job, "run", { mapping });
    expect(ran).toMatchObject({ created: 2, failed: 2 });
    expect((await byName("Good"))[0].values).toMatchObject({ day: "2016-10-20", amount: 5, level: "gold" });
    const report = await admin.get(path(uploaded.job, "/report"));
    expect(report.text.split("\r\n")[1]).toMatch(/^4,.*,Bad,gold,much,10\/22\/2016$/);
    expect((await admin.post(path(uploaded.job, "/run"), { mapping })).status).toBe(409);
  });

  it("finds references by title, creates those that are missing when told to, and changes records by key", async () => {
    const csv = "code,name,parent\nK1,One,\nK2,Two,One\nK3,Three,Nowhere\n";
    const mapping = (createMissing: boolean) => [
      { column: 0, field: "code" },
      { column: 1, field: "name" },
      { column: 2, field: "parent", ...(createMissing && { options: { createMissing } }) },
    ];
    const { body: first } = await upload("code,name\nK1,One\n");
    await go(first.job, "run", { mapping: mapping(false).slice(0, 2) });
    const { body: second } = await upload(
      csv.replace("One,\n", "One changed,\n").replace("Two,One", "Two,One changed"),
    );
    const checked = await go(second.job, "dry-run", { mapping: mapping(true), mode: "upsert", key: "code" });
    expect(checked.updated).toBe(1);
    const ran = await go(second.job, "run", { mapping: mapping(true), mode: "upsert", key: "code" });
    expect(ran).toMatchObject({ updated: 1, created: 2, failed: 0 });
    expect(ran.made.deal).toBeGreaterThan(0);
    const [three] = await byName("Three");
    expect(three.refs.parent.title).toBe("Nowhere");
    expect(await byName("One")).toHaveLength(0);
  });

  it("finds what the same file made in rows long before", async () => {
    const rest = Array.from({ length: 1_200 }, (_, n) => `L${n},Later ${n},`);
    const csv = ["code,name,parent", "L-1,Orphan,Chief", "L-2,Chief,", ...rest, "L-3,Child,Chief"];
    const { body } = await upload(csv.join("\n"));
    const mapping = body.columns.map(({ index, header }: { index: number; header: string }) => ({
      column: index,
      field: header,
    }));
    expect(await go(body.job, "run", { mapping, mode: "upsert", key: "code" })).toMatchObject({
      created: 1_202,
      failed: 1,
    });
    expect((await byName("Child"))[0].refs.parent.title).toBe("Chief");
    const { body: twice } = await upload(`code,name\nM1,First\n${rest.join("\n")}\nM1,Second\n`);
    const plan = { mapping: mapping.slice(0, 2), mode: "upsert", key: "code" };
    expect(await go(twice.job, "run", plan)).toMatchObject({ created: 1, updated: 1_201, failed: 0 });
    expect(await byName("First")).toHaveLength(0);
    expect(await byName("Second")).toHaveLength(1);
  });

  it("keeps columns with the same header apart and names the nameless", async () => {
    const { body } = await upload("name,name,,day\nA,B,C,2024-01-01\n");
    expect(body.columns.map(({ header }: { header: string }) => header)).toEqual(["name", "name (2)", "C", "day"]);
    expect(body.findings[0]).toMatchObject({ code: "duplicateHeader", value: "name" });
  });

  it("reads workbooks: formulas as results, dates as dates, merged cells filled", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("Deals");
    sheet.addRow(["Name", "Amount", "Day", "Level"]);
    sheet.addRow(["Sheet deal", { formula: "1+1.5", result: 2.5 }, new Date(Date.UTC(2024, 1, 29)), "gold"]);
    sheet.addRow(["Sheet two", 7, new Date(Date.UTC(2024, 2, 1)), null]);
    sheet.mergeCells("D2:D3");
    workbook.addWorksheet("Second").addRow(["left out"]);
    const { status, body } = await upload(Buffer.from(await workbook.xlsx.writeBuffer()), "deals.xlsx");
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.findings.map(({ code }: { code: string }) => code).sort()).toEqual([
      "formulaCells",
      "mergedCells",
      "otherSheets",
    ]);
    const mapping = body.columns.map(({ index, suggestion }: { index: number; suggestion: object }) => ({
      column: index,
      ...suggestion,
    }));
    await go(body.job, "run", { mapping });
    expect((await byName("Sheet deal"))[0].values).toMatchObject({ amount: 2.5, day: "2024-02-29", level: "gold" });
    expect((await byName("Sheet two"))[0].values).toMatchObject({ amount: 7, day: "2024-03-01", level: "gold" });
  });

  it("refuses bombs, broken files, empty ones and old workbooks", async () => {
    expect(
      (await upload(zipOf({ "xl/worksheets/sheet1.xml": Buffer.alloc(50_000_000, 32) }), "bomb.xlsx")).status,
    ).toBe(413);
    expect((await upload(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2, 3]), "broken.xlsx")).status).toBe(415);
    expect((await upload(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "old.xls")).status).toBe(415);
    expect((await upload("name,day\n")).status).toBe(415);
    expect((await upload("")).status).toBe(415);
    expect((await admin.post("/w/acme/records/deal/import", { name: "x" })).status).toBe(415);
  });

  it("refuses mappings that cannot be and people who may not import", async () => {
    const { body } = await upload("name,day\nA,2024-01-01\n");
    const wrong = await admin.post(path(body.job, "/dry-run"), {
      mapping: [
        { column: 0, field: "nope" },
        { column: 9, field: "name" },
      ],
      mode: "upsert",
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      "/key",
      "/mapping/0/field",
      "/mapping/1/column",
    ]);
    const ivy = await test.invite("Ivy", ["seller"]);
    expect((await upload("name\nA\n", "a.csv", ivy)).status).toBe(403);
    expect((await ivy.get(path(body.job))).status).toBe(404);
  });

  it("keeps texts whole that hold separators of lines", async () => {
    const text = "one\u2028two\u2029three\r\nfour";
    const { body } = await upload(`name,amount\n"${text}",1\n"${text}",much\n`);
    const mapping = [
      { column: 0, field: "name" },
      { column: 1, field: "amount" },
    ];
    expect(await go(body.job, "run", { mapping })).toMatchObject({ created: 1, failed: 1 });
    expect((await admin.get(path(body.job, "/report"))).text).toContain("one\u2028two");
  });

  it("forgets an upload that nobody used for a week, and says so", async () => {
    const { body: old } = await upload("name\nOld\n");
    const { body: fresh } = await upload("name\nFresh\n");
    const folder = (job: string) => join(test.dataDir, "imports", workspaceFolder(), job);
    const workspaceFolder = () => readdirSync(join(test.dataDir, "imports"))[0] ?? "";
    const longAgo = new Date(Date.now() - 7.1 * 86_400_000);
    utimesSync(folder(old.job), longAgo, longAgo);
    await background.sweep();
    expect(existsSync(folder(old.job))).toBe(false);
    expect(existsSync(folder(fresh.job))).toBe(true);
    const mapping = [{ column: 0, field: "name" }];
    expect((await admin.post(path(old.job, "/run"), { mapping })).status).toBe(409);
    expect(await go(fresh.job, "run", { mapping })).toMatchObject({ created: 1 });
  });

  it("brings 5,000 rows in and takes them out again as CSV and as a workbook", async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `"Row ${n}, =x",${n}.25`);
    const { body } = await upload(`name,amount\n${lines.join("\n")}\n`);
    const ran = await go(body.job, "run", {
      mapping: [
        { column: 0, field: "name" },
        { column: 1, field: "amount" },
      ],
    });
    expect(ran).toMatchObject({ created: 5_000, failed: 0 });
    const filter = encodeURIComponent('{"startsWith":[{"var":"name"},"Row "]}');
    const csv = await admin.get(`/w/acme/records/deal/export?fields=name,amount&sort=amount&filter=${filter}`);
    expect(csv.text.split("\r\n")).toHaveLength(5_002);
    expect(csv.text.split("\r\n")[2]).toBe('"Row 1, =x",1.25');
    const answer = await test.server.inject({
      method: "GET",
      url: `/api/v1/w/acme/records/deal/export?format=xlsx&fields=name,amount&sort=amount&filter=${filter}`,
      headers: { authorization: `Bearer ${admin.token}` },
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(answer.rawPayload as unknown as ArrayBuffer);
    expect(workbook.worksheets[0]?.rowCount).toBe(5_001);
    expect(workbook.worksheets[0]?.getRow(3).getCell(2).value).toBe(1.25);
  });
});
