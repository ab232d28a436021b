import { attribute, elements, inner, textRuns, unescapeXml } from "./sheet-xml.ts";
import type { FileNote, TableRows } from "./table-rows.ts";
import { tooLarge, unreadable } from "./unreadable-file.ts";
import { ZipArchive } from "./zip-archive.ts";

const MAX_SHARED_TEXTS = 2_000_000;
const MAX_COLUMNS = 1_000;

interface Workbook {
  readonly archive: ZipArchive;
  readonly sheet: string;
  readonly sheetCount: number;
  readonly startsIn1904: boolean;
  readonly texts: readonly string[];
  /** For each cell style: whether it shows a date, a time, both or neither. */
  readonly styles: readonly (DateStyle | null)[];
}

type DateStyle = "date" | "time" | "datetime";

/**
 * The first sheet of an Excel workbook, row by row: formulas as their results, dates as ISO text, merged cells each with
 * the value of the whole. Read as a stream, so that a large sheet needs little memory.
 */
export async function readXlsx(path: string): Promise<TableRows> {
  const workbook = await openWorkbook(await ZipArchive.open(path));
  const merges = await readMerges(workbook);
  const notes: FileNote[] = [];
  if (merges.count > 0) notes.push({ code: "mergedCells", params: { count: merges.count } });
  if (workbook.sheetCount > 1) notes.push({ code: "otherSheets", params: { count: workbook.sheetCount - 1 } });
  return { encoding: "xlsx", notes, rows: rowsOf(workbook, merges, notes) };
}

async function* rowsOf(workbook: Workbook, merges: Merges, notes: FileNote[]): AsyncGenerator<string[]> {
  let formulas = 0;
  let before = 0;
  for await (const row of elements(workbook.archive.read(workbook.sheet), "row")) {
    const number = Number(attribute(row, "r") ?? before + 1);
    before = number;
    const cells: string[] = [];
    let column = 0;
    for (const [cell] of row.matchAll(/<(?:\w+:)?c(?=[\s/>])(?:[^>]*\/>|[\s\S]*?<\/(?:\w+:)?c>)/g)) {
      const reference = attribute(cell, "r");
      column = reference ? columnOf(reference) : column + 1;
      if (column > MAX_COLUMNS) continue;
      if (inner(cell, "f") !== null) formulas += 1;
      while (cells.length < column - 1) cells.push("");
      cells[column - 1] = cellText(workbook, cell);
    }
    merges.fill(number, cells);
    if (cells.some((text) => text !== "")) yield cells;
  }
  if (formulas > 0) notes.push({ code: "formulaCells", params: { count: formulas } });
}

function cellText(workbook: Workbook, cell: string): string {
  const type = attribute(cell, "t") ?? "n";
  if (type === "inlineStr") return textRuns(cell);
  const raw = unescapeXml(inner(cell, "v") ?? "");
  if (raw === "") return "";
  if (type === "s") return workbook.texts[Number(raw)] ?? "";
  if (type === "b") return raw === "1" ? "true" : "false";
  if (type !== "n") return raw; // str: a formula's text; e: an error such as #REF!; d: an ISO date
  const style = workbook.styles[Number(attribute(cell, "s") ?? -1)];
  const number = Number(raw);
  if (!Number.isFinite(number)) return raw;
  return style ? dateText(number, style, workbook.startsIn1904) : String(number);
}

/** Days since 1899-12-30 (or 1904-01-01); Excel believes in a 29 February 1900, so days up to that are one off. */
function dateText(serial: number, style: DateStyle, startsIn1904: boolean): string {
  const days = startsIn1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const instant = new Date(Math.round((days - 25_569) * 86_400) * 1_000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  const [date = "", time = ""] = instant.toISOString().slice(0, 19).split("T");
  if (style === "time") return time;
  return style === "date" && time === "00:00:00" ? date : `${date} ${time}`;
}

interface Merges {
  readonly count: number;
  /** Puts the value of a merged range into those of its cells that are in this row. Rows come in order. */
  fill(row: number, cells: string[]): void;
}

async function readMerges({ archive, sheet }: Workbook): Promise<Merges> {
  const ranges: { top: number; bottom: number; left: number; right: number; value: string }[] = [];
  for await (const element of elements(archive.read(sheet), "mergeCell")) {
    const [from = "", to = from] = (attribute(element, "ref") ?? "").split(":");
    if (from === "" || ranges.length >= 100_000) continue;
    ranges.push({ top: rowOf(from), bottom: rowOf(to), left: columnOf(from), right: columnOf(to), value: "" });
  }
  ranges.sort((a, b) => a.top - b.top);
  let next = 0;
  let open: typeof ranges = [];
  return {
    count: ranges.length,
    fill: (row, cells) => {
      for (let range = ranges[next]; range && range.top <= row; range = ranges[++next]) {
        range.value = range.top === row ? (cells[range.left - 1] ?? "") : "";
        open.push(range);
      }
      open = open.filter(({ bottom }) => bottom >= row);
      for (const { left, right, value } of open) {
        if (value === "") continue;
        while (cells.length < Math.min(right, MAX_COLUMNS)) cells.push("");
        for (let column = left; column <= Math.min(right, MAX_COLUMNS); column++) cells[column - 1] ||= value;
      }
    },
  };
}

async function openWorkbook(archive: ZipArchive): Promise<Workbook> {
  const workbook = await archive.text("xl/workbook.xml");
  const relations = await archive.text("xl/_rels/workbook.xml.rels");
  if (workbook === null) throw unreadable("it is not an Excel workbook", "不是 Excel 工作簿");
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([element]) => element);
  const first = sheets.find((sheet) => (attribute(sheet, "state") ?? "visible") === "visible") ?? sheets[0];
  const id = first ? (/\s(?:\w+:)?id\s*=\s*["']([^"']*)["']/.exec(first)?.[1] ?? "") : "";
  const relation = [...(relations ?? "").matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)]
    .map(([element]) => element)
    .find((element) => attribute(element, "Id") === id);
  const target = relation ? (attribute(relation, "Target") ?? "") : "";
  const sheet = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  if (!target || !archive.has(sheet)) throw unreadable("it has no sheet", "没有工作表");
  return {
    archive,
    sheet,
    sheetCount: sheets.length,
    startsIn1904: /<(?:\w+:)?workbookPr[^>]*\sdate1904\s*=\s*["'](1|true)["']/.test(workbook),
    texts: await readSharedTexts(archive),
    styles: readStyles((await archive.text("xl/styles.xml")) ?? ""),
  };
}

async function readSharedTexts(archive: ZipArchive): Promise<string[]> {
  const texts: string[] = [];
  if (!archive.has("xl/sharedStrings.xml")) return texts;
  for await (const element of elements(archive.read("xl/sharedStrings.xml"), "si")) {
    texts.push(textRuns(element));
    if (texts.length > MAX_SHARED_TEXTS) {
      throw tooLarge("The workbook holds too many different texts.", "工作簿中的文本过多。");
    }
  }
  return texts;
}

/** Which built-in number formats show dates (ECMA-376 18.8.30). */
const BUILT_IN: Readonly<Record<number, DateStyle>> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "date"])),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, "time"])),
  22: "datetime",
};

function readStyles(xml: string): (DateStyle | null)[] {
  const formats = new Map(
    [...xml.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g)].map(([element]) => [
      Number(attribute(element, "numFmtId")),
      dateStyleOf(attribute(element, "formatCode") ?? ""),
    ]),
  );
  const cells = inner(xml, "cellXfs") ?? "";
  return [...cells.matchAll(/<(?:\w+:)?xf(?=[\s/>])[^>]*>/g)].map(([element]) => {
    const id = Number(attribute(element, "numFmtId") ?? 0);
    return formats.get(id) ?? BUILT_IN[id] ?? null;
  });
}

function dateStyleOf(code: string): DateStyle | null {
  const letters = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_./gi, "").toLowerCase();
  const hasDate = /[yd]|m{3}|(?<!h:?)m(?!:?s)/.test(letters) && /[yd]|m{3}/.test(letters);
  const hasTime = /[hs]/.test(letters);
  if (hasDate) return hasTime ? "datetime" : "date";
  return hasTime ? "time" : null;
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? "") {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column;
}

function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 0);
}
