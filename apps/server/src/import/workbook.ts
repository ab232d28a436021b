import { posix } from "node:path";
import { builtInStyle, type DateStyle, dateStyleOf } from "./cell-dates.ts";
import { readXml, type XmlVisitor } from "./read-xml.ts";
import { TextRuns } from "./text-runs.ts";
import { tooLarge, unreadable } from "./unreadable-file.ts";
import type { ZipArchive } from "./zip-archive.ts";

const MAX_SHARED_TEXTS = 2_000_000;
/** All of them together: they are held while the sheet is read. */
const MAX_SHARED_CHARACTERS = 100_000_000;
const MAX_PARTS = 10_000;
const BOOK = "xl/workbook.xml";

/** What cells need to be understood, and where the first visible sheet is. */
export interface Workbook {
  readonly sheet: string;
  readonly sheetCount: number;
  readonly startsIn1904: boolean;
  readonly texts: readonly string[];
  /** For each cell style: whether it shows a date, a time, both or neither. */
  readonly styles: readonly (DateStyle | null)[];
}

/** @throws Problem `unsupported` when it is no workbook, or one without a sheet */
export async function openWorkbook(archive: ZipArchive): Promise<Workbook> {
  if (!archive.has(BOOK)) throw unreadable("it is not an Excel workbook", "不是 Excel 工作簿");
  const { sheets, startsIn1904 } = await readSheets(archive);
  const parts = await readRelations(archive);
  const tables = sheets.filter(({ id }) => parts.get(id)?.type === "worksheet");
  const first = tables.find(({ isVisible }) => isVisible) ?? tables[0];
  const sheet = first ? parts.get(first.id)?.path : undefined;
  if (sheet === undefined || !archive.has(sheet)) throw unreadable("it has no sheet", "没有工作表");
  const partOf = (wanted: string) => [...parts.values()].find(({ type, path }) => type === wanted && archive.has(path));
  return {
    sheet,
    sheetCount: tables.length,
    startsIn1904,
    texts: await readSharedTexts(archive, partOf("sharedStrings")?.path ?? "xl/sharedStrings.xml"),
    styles: await readStyles(archive, partOf("styles")?.path ?? "xl/styles.xml"),
  };
}

interface Sheet {
  readonly id: string;
  readonly isVisible: boolean;
}

async function readSheets(archive: ZipArchive) {
  let startsIn1904 = false;
  const sheets = await all<Sheet>(archive, BOOK, (emit) => ({
    open: (name, attribute) => {
      if (name === "workbookPr") startsIn1904 = /^(1|true)$/.test(attribute("date1904") ?? "");
      if (name !== "sheet") return;
      emit({ id: attribute("id", true) ?? "", isVisible: (attribute("state") ?? "visible") === "visible" });
    },
  }));
  return { sheets, startsIn1904 };
}

/** The parts that the workbook names, by the id under which it does. */
async function readRelations(archive: ZipArchive) {
  const parts = await all<[string, { type: string; path: string }]>(archive, "xl/_rels/workbook.xml.rels", (emit) => ({
    open: (name, attribute) => {
      if (name !== "Relationship") return;
      const type = (attribute("Type") ?? "").split("/").at(-1) ?? "";
      // A path from the workbook's folder, or from the root when it starts with a slash.
      const path = posix.resolve("/xl", attribute("Target") ?? "").slice(1);
      emit([attribute("Id") ?? "", { type, path }]);
    },
  }));
  return new Map(parts);
}

async function all<T>(archive: ZipArchive, part: string, visit: (emit: (item: T) => void) => XmlVisitor): Promise<T[]> {
  const items: T[] = [];
  if (!archive.has(part)) return items;
  for await (const item of readXml(part, archive.read(part), visit)) {
    if (items.push(item) > MAX_PARTS) throw tooLarge("The workbook has too many parts.", "工作簿的组成部分过多。");
  }
  return items;
}

async function readSharedTexts(archive: ZipArchive, part: string): Promise<string[]> {
  const texts: string[] = [];
  if (!archive.has(part)) return texts;
  let characters = 0;
  for await (const text of readXml<string>(part, archive.read(part), textItems)) {
    texts.push(text);
    characters += text.length;
    if (texts.length > MAX_SHARED_TEXTS || characters > MAX_SHARED_CHARACTERS) {
      throw tooLarge("The workbook holds too much text.", "工作簿中的文本过多。");
    }
  }
  return texts;
}

function textItems(emit: (text: string) => void): XmlVisitor {
  const runs = new TextRuns();
  return {
    open: (name) => (name === "si" ? runs.clear() : runs.open(name)),
    text: (text) => runs.add(text),
    close: (name) => (name === "si" ? emit(runs.text) : runs.close(name)),
  };
}

/** The styles of cells in their order, each with what its number format shows. */
async function readStyles(archive: ZipArchive, part: string): Promise<(DateStyle | null)[]> {
  const formats = new Map<number, DateStyle | null>();
  const ids: number[] = [];
  let list = "";
  const visitor: XmlVisitor = {
    open: (name, attribute) => {
      if (name === "numFmts" || name === "cellXfs") list = name;
      const id = Number(attribute("numFmtId") ?? 0);
      if (list === "numFmts" && name === "numFmt") formats.set(id, dateStyleOf(attribute("formatCode") ?? ""));
      if (list === "cellXfs" && name === "xf") ids.push(id);
      if (ids.length + formats.size > 200_000)
        throw tooLarge("The workbook has too many styles.", "工作簿的样式过多。");
    },
    close: (name) => {
      if (name === list) list = "";
    },
  };
  await all(archive, part, () => visitor);
  return ids.map((id) => formats.get(id) ?? builtInStyle(id));
}
