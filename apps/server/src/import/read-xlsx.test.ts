import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "@formwright/model";
import ExcelJS from "exceljs";
import { afterAll, describe, expect, it } from "vitest";
import { type ZipLies, zipOf } from "../testing/zip-of.ts";
import { readXlsx } from "./read-xlsx.ts";

const folder = mkdtempSync(join(tmpdir(), "fw-xlsx-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(file: Buffer) {
  const path = join(folder, "book.xlsx");
  writeFileSync(path, file);
  const { rows, notes } = await readXlsx(path);
  const all: string[][] = [];
  for await (const row of rows) all.push([...row]);
  return { rows: all, notes };
}

async function refusal(file: Buffer): Promise<string> {
  try {
    await read(file);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return "read";
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

interface Parts {
  readonly rows?: string;
  readonly sheet?: string;
  readonly book?: string;
  readonly texts?: string;
  readonly styles?: string;
  readonly rels?: string;
}

const BOOK = `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`;
const RELS = `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/one.xml"/></Relationships>`;

function parts({ rows = "", sheet, book = BOOK, texts, styles, rels = RELS }: Parts): Record<string, string> {
  return {
    "xl/workbook.xml": book,
    "xl/_rels/workbook.xml.rels": rels,
    "xl/worksheets/one.xml": sheet ?? `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    ...(texts !== undefined && { "xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${texts}</sst>` }),
    ...(styles !== undefined && { "xl/styles.xml": `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }),
  };
}

const book = (given: Parts, lies?: ZipLies) => zipOf(parts(given), lies);

describe("workbooks as a spreadsheet program writes them", () => {
  it("give formulas, dates, booleans, errors, rich text and control characters as text", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("One");
    sheet.addRow(["Name", "Sum", "Day", "At", "Yes", "Wrong", "Rich"]);
    sheet.addRow([
      "  kept  ",
      { formula: "1+1.5", result: 2.5 },
      new Date(Date.UTC(2024, 1, 29)),
      new Date(Date.UTC(2024, 1, 29, 13, 30)),
      true,
      { error: "#REF!" },
      { richText: [{ text: "a " }, { font: { bold: true }, text: "<b>&" }] },
    ]);
    sheet.getCell("D2").numFmt = "yyyy-mm-dd hh:mm";
    sheet.addRow(["line\nbreak", { formula: 'CONCAT("a")', result: "a" }]);
    const { rows, notes } = await read(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(rows[1]).toEqual(["  kept  ", "2.5", "2024-02-29", "2024-02-29 13:30:00", "true", "#REF!", "a <b>&"]);
    expect(rows[2]).toEqual(["line\nbreak", "a"]);
    expect(notes).toEqual([{ code: "formulaCells", params: { count: 2 } }]);
  });

  it("give the first sheet that is visible, merged cells filled", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("Hidden", { state: "hidden" }).addRow(["no"]);
    const sheet = workbook.addWorksheet("Shown");
    sheet.addRows([
      ["A", "B", "C"],
      ["x", 1, "wide"],
      [null, 2],
      [null, 3],
    ]);
    sheet.mergeCells("A2:A4");
    sheet.mergeCells("C2:E2");
    const { rows, notes } = await read(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(rows).toEqual([
      ["A", "B", "C"],
      ["x", "1", "wide", "wide", "wide"],
      ["x", "2"],
      ["x", "3"],
    ]);
    expect(notes.map(({ code, params }) => [code, params.count])).toEqual([
      ["mergedCells", 2],
      ["otherSheets", 1],
    ]);
  });

  it("count days from 1904 when they say so, and know the day that never was", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.properties.date1904 = true;
    workbook.addWorksheet("One").addRow([new Date(Date.UTC(2024, 1, 29))]);
    expect((await read(Buffer.from(await workbook.xlsx.writeBuffer()))).rows).toEqual([["2024-02-29"]]);
    const styles = `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="21"/></cellXfs>`;
    const rows = `<row><c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="2"><v>0.5</v></c></row>`;
    expect((await read(book({ rows, styles }))).rows).toEqual([["1900-01-01", "1900-02-28", "1900-03-01", "12:00:00"]]);
  });

  it("stream through, however the rows fall into pieces", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("One");
    for (let n = 0; n < 3_000; n++) sheet.addRow([`名称 ${n} 😀`, n / 8, `same ${n % 7}`]);
    const { rows } = await read(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(rows).toHaveLength(3_000);
    expect(rows.every(([name, number], n) => name === `名称 ${n} 😀` && number === String(n / 8))).toBe(true);
  });
});

describe("odd workbooks", () => {
  it("may give every element a prefix, in either edition of the standard", async () => {
    for (const uri of [MAIN, STRICT]) {
      const file = {
        book: `<x:workbook xmlns:x="${uri}" xmlns:rel="${OFFICE}"><x:sheets><x:sheet state="visible" rel:id="r1"/></x:sheets></x:workbook>`,
        sheet: `<x:worksheet xmlns:x="${uri}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      };
      const all = {
        ...parts(file),
        "xl/sharedStrings.xml": `<x:sst xmlns:x="${uri}"><x:si><x:t>hi</x:t></x:si></x:sst>`,
      };
      expect((await read(zipOf(all))).rows).toEqual([["hi"]]);
    }
  });

  it("may hold texts in the cells, without references and dimension, with spaces, escapes and phonetic hints", async () => {
    const rows = `
      <row><c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r><rPh><t>no</t></rPh></is></c></row>
      <row r="5"><c r="C5" t="str"><v>x_x000D_y &amp; &#20013;</v></c><c t="b"><v>0</v></c><c t="d"><v>2024-02-29</v></c></row>
      <row/><row><c t="inlineStr"><is><t>_x005F_x000D_ <![CDATA[<&>]]></t></is></c></row>`;
    expect((await read(book({ rows }))).rows).toEqual([
      [" a ", "bc"],
      ["", "", "x\ry & 中", "false", "2024-02-29"],
      ["_x000D_ <&>"],
    ]);
  });

  it("may carry extensions, which are left out", async () => {
    const sheet = `<worksheet xmlns="${MAIN}" xmlns:e="urn:extension"><sheetData><row><c><v>1</v><e:v>9</e:v></c><e:c/></row><e:row/></sheetData></worksheet>`;
    expect((await read(book({ sheet }))).rows).toEqual([["1"]]);
  });

  it("may name their parts as they like", async () => {
    const rels = `<Relationships xmlns="${PACKAGE}"><Relationship Id="r0" Type="${OFFICE}/sharedStrings" Target="/xl/odd/../Words.xml"/><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="/xl/worksheets/one.xml"/></Relationships>`;
    const all = parts({ rels, rows: `<row><c t="s"><v>0</v></c></row>` });
    const words = `<sst xmlns="${MAIN}"><si><t>word</t></si></sst>`;
    expect((await read(zipOf({ ...all, "xl/Words.xml": words }))).rows).toEqual([["word"]]);
  });

  it("show dates by formats of their own", async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="[Red]0.00&quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>`;
    const rows = `<row><c s="0"><v>45351</v></c><c s="1"><v>45351</v></c></row>`;
    expect((await read(book({ rows, styles }))).rows).toEqual([["2024-02-29", "45351"]]);
  });
});

describe("workbooks that are refused", () => {
  const sound = book({ rows: "<row><c><v>1</v></c></row>" });
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, "x"]));
  const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const cell = (text: string) => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`;

  it.each([
    ["cut off in the middle", sound.subarray(0, sound.length / 2), "unsupported"],
    ["without its end", sound.subarray(0, -30), "unsupported"],
    ["with a broken entry", Buffer.concat([Buffer.alloc(40), sound.subarray(40)]), "unsupported"],
    ["protected by a password", book({}, { flags: 1 }), "unsupported"],
    ["that are another kind of file", zipOf({ "word/document.xml": "<a/>" }), "unsupported"],
    ["without a sheet", book({ book: `<workbook xmlns="${MAIN}"/>` }), "unsupported"],
    ["whose XML breaks off", book({ sheet: `<worksheet xmlns="${MAIN}"><sheetData><row>` }), "unsupported"],
    ["whose XML is none", book({ sheet: "PK not xml" }), "unsupported"],
    ["that define entities", book({ sheet: `${entities}<worksheet>${cell("&b;")}</worksheet>` }), "unsupported"],
    ["that name unknown entities", book({ rows: cell("&b;") }), "unsupported"],
    ["nested without end", book({ rows: "<row>".repeat(500) }), "unsupported"],
    ["with paths out of the archive", zipOf({ ...parts({}), "../x": "y" }), "unsupported"],
    ["that unpack to more than they said", book({ rows: cell("x".repeat(900)) }, { unpacked: 400 }), "unsupported"],
    ["that claim to unpack to very much", book({}, { unpacked: 500_000_000 }), "tooLarge"],
    ["made of nothing", zipOf({ ...parts({}), "xl/a": Buffer.alloc(20_000_000) }), "tooLarge"],
    ["of very many entries", zipOf({ ...parts({}), ...many(2_001) }), "tooLarge"],
    ["with one endless text", book({ rows: cell(noise(8_000_000)) }), "tooLarge"],
  ])("are those %s", async (_, file, code) => {
    expect(await refusal(file)).toBe(code);
  });
});

/** Text that does not pack well. */
function noise(length: number): string {
  let seed = 1;
  const words = Array.from({ length: 5_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  });
  return Array.from({ length: length / 5 }, (_, n) => words[(n * n + seed) % 5_000]).join("");
}
