import { dateText } from "./cell-dates.ts";
import { columnOf, MAX_COLUMNS, MergedCells } from "./merged-cells.ts";
import { type AttributeOf, readXml, unescapeText, type XmlVisitor } from "./read-xml.ts";
import type { FileNote, TableRows } from "./table-rows.ts";
import { TextRuns } from "./text-runs.ts";
import { openWorkbook, type Workbook } from "./workbook.ts";
import { ZipArchive } from "./zip-archive.ts";

/**
 * The first visible sheet of an Excel workbook, row by row: formulas as their results, dates as ISO text, merged cells
 * each with the value of the whole. Read as a stream, so that a large sheet needs little memory. The file is closed when
 * the rows were read, or their reading was given up.
 */
export async function readXlsx(path: string): Promise<TableRows> {
  const archive = await ZipArchive.open(path);
  try {
    const workbook = await openWorkbook(archive);
    const merged = await readMerged(archive, workbook);
    const notes: FileNote[] = [];
    if (merged.count > 0) notes.push({ code: "mergedCells", params: { count: merged.count } });
    if (workbook.sheetCount > 1) notes.push({ code: "otherSheets", params: { count: workbook.sheetCount - 1 } });
    return { encoding: "xlsx", notes, rows: rowsOf(archive, workbook, merged, notes) };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function readMerged(archive: ZipArchive, { sheet }: Workbook): Promise<MergedCells> {
  const merged = new MergedCells();
  if (!(await mentions(archive.read(sheet), "mergeCell"))) return merged;
  const references = readXml<string>(sheet, archive.read(sheet), (emit) => ({
    open: (name, attribute) => {
      if (name === "mergeCell") emit(attribute("ref") ?? "");
    },
  }));
  for await (const reference of references) merged.add(reference);
  merged.sort();
  return merged;
}

/** Merged ranges stand behind the rows: most sheets have none, and need not be parsed twice to know it. */
async function mentions(pieces: AsyncIterable<string>, word: string): Promise<boolean> {
  let end = "";
  for await (const piece of pieces) {
    if ((end + piece).includes(word)) return true;
    end = (end + piece).slice(-word.length);
  }
  return false;
}

interface SheetRow {
  readonly number: number;
  readonly cells: string[];
  readonly formulas: number;
}

async function* rowsOf(
  archive: ZipArchive,
  workbook: Workbook,
  merged: MergedCells,
  notes: FileNote[],
): AsyncGenerator<string[]> {
  let formulas = 0;
  try {
    const rows = readXml<SheetRow>(workbook.sheet, archive.read(workbook.sheet), (emit) => sheetRows(workbook, emit));
    for await (const row of rows) {
      formulas += row.formulas;
      merged.fill(row.number, row.cells);
      if (row.cells.some((text) => text !== "")) yield row.cells;
    }
  } finally {
    archive.close();
  }
  if (formulas > 0) notes.push({ code: "formulaCells", params: { count: formulas } });
}

/** Makes rows of the elements of a sheet. References of rows and cells may be left out: then one follows the other. */
function sheetRows(workbook: Workbook, emit: (row: SheetRow) => void): XmlVisitor {
  let row = { number: 0, cells: [] as string[], formulas: 0 };
  let cell = { column: 0, type: "n", style: -1, value: "" };
  let isValue = false;
  const runs = new TextRuns();
  const openers = byName<(attribute: AttributeOf) => void>({
    row: (attribute) => {
      row = { number: Number(attribute("r") ?? row.number + 1), cells: [], formulas: 0 };
      cell.column = 0;
    },
    c: (attribute) => {
      const column = columnOf(attribute("r") ?? "") || cell.column + 1;
      cell = { column, type: attribute("t") ?? "n", style: Number(attribute("s") ?? -1), value: "" };
      runs.clear();
    },
    f: () => {
      row.formulas += 1;
    },
    v: () => {
      isValue = true;
    },
  });
  const closers = byName<() => void>({
    v: () => {
      isValue = false;
    },
    c: () => {
      if (cell.column > MAX_COLUMNS) return;
      while (row.cells.length < cell.column - 1) row.cells.push("");
      row.cells[cell.column - 1] = cell.type === "inlineStr" ? runs.text : cellText(workbook, cell);
    },
    row: () => emit(row),
  });
  return {
    open: (name, attribute) => {
      openers.get(name)?.(attribute);
      runs.open(name);
    },
    text: (text) => {
      if (isValue) cell.value += text;
      else runs.add(text);
    },
    close: (name) => {
      runs.close(name);
      closers.get(name)?.();
    },
  };
}

function byName<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(table));
}

function cellText(workbook: Workbook, { type, style, value }: { type: string; style: number; value: string }): string {
  const raw = unescapeText(value);
  if (raw === "") return "";
  if (type === "s") return workbook.texts[Number(raw)] ?? "";
  if (type === "b") return raw === "1" ? "true" : "false";
  if (type !== "n") return raw; // str: a formula's text; e: an error such as #REF!; d: an ISO date
  const number = Number(raw);
  if (!Number.isFinite(number)) return raw;
  const shown = workbook.styles[style];
  return shown ? dateText(number, shown, workbook.startsIn1904) : String(number);
}
