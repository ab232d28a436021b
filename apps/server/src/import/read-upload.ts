import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { finding } from "@formwright/model";
import { jsonLine } from "./import-files.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { ColumnStudy, type ImportFinding, nameColumns, type TableColumn } from "./table-columns.ts";
import type { FileNote, TableRows } from "./table-rows.ts";
import { tooLarge, unreadable } from "./unreadable-file.ts";

export const MAX_ROWS = 500_000;
const MAX_COLUMNS = 500;
const MAX_CELL = 100_000;
const PIECE = 65_536;

/** What an upload turned out to be. */
export interface Upload {
  readonly encoding: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  readonly findings: readonly ImportFinding[];
}

/**
 * Reads an uploaded CSV or Excel file once and for all into `rowsFile`: a JSON array of cells on each line, together
 * with the number of its row in the file.
 *
 * @throws Problem `unsupported` when it is neither, `tooLarge` when it is too much
 */
export async function readUpload(path: string, rowsFile: string): Promise<Upload> {
  const table = await openTable(path);
  const study = new TableStudy();
  await pipeline(study.lines(table.rows), createWriteStream(rowsFile));
  const { columns, rows, duplicates } = study.result();
  return {
    encoding: table.encoding,
    columns,
    rows,
    findings: [...table.notes.map(noteFinding), ...duplicates.map(duplicateFinding)],
  };
}

/** Looks at the rows as they go by, on their way into the rows file. */
class TableStudy {
  #header: { names: string[]; duplicates: string[] } | null = null;
  #studies: ColumnStudy[] = [];
  #rows = 0;

  /** Some lines at a time: a piece for each would cost more than the lines do. */
  async *lines(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
    let lines = "";
    for await (const cells of rows) {
      if (this.#header === null) this.#begin(cells);
      else lines += jsonLine(this.#see(cells));
      if (lines.length < PIECE) continue;
      yield lines;
      lines = "";
    }
    yield lines;
  }

  result() {
    if (this.#header === null || this.#rows === 0) {
      throw unreadable("it has no rows below its header", "标题行下没有数据");
    }
    const columns: TableColumn[] = this.#studies.map((study) => study.result());
    return { columns, rows: this.#rows, duplicates: this.#header.duplicates };
  }

  #begin(cells: readonly string[]): void {
    this.#header = nameColumns(withoutTail(cells));
    if (this.#header.names.length > MAX_COLUMNS) throw tooLarge("There are too many columns.", "列数过多。");
    this.#studies = this.#header.names.map((name, index) => new ColumnStudy(index, name));
  }

  #see(cells: readonly string[]): string[] {
    this.#rows += 1;
    if (this.#rows > MAX_ROWS) {
      throw tooLarge(`The file has more than ${MAX_ROWS} rows; split it.`, `文件超过 ${MAX_ROWS} 行，请拆分后导入。`);
    }
    return this.#studies.map((study, index) => {
      const cell = (cells[index] ?? "").slice(0, MAX_CELL);
      study.see(cell);
      return cell;
    });
  }
}

/** The rows from one on (the first being 0), each with its number in the file. */
export async function* storedRows(rowsFile: string, from: number): AsyncGenerator<{ row: number; cells: string[] }> {
  const input = createReadStream(rowsFile);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let index = 0;
  try {
    for await (const line of lines) {
      if (index >= from) yield { row: index + 2, cells: JSON.parse(line) as string[] };
      index += 1;
    }
  } finally {
    input.destroy();
  }
}

async function openTable(path: string): Promise<TableRows> {
  const file = await open(path, "r");
  const head = Buffer.alloc(8);
  try {
    await file.read(head, 0, 8, 0);
  } finally {
    await file.close();
  }
  if (head.readUInt32LE(0) === 0x04034b50) return readXlsx(path);
  if (head.readUInt32LE(0) === 0xe011cfd0) {
    throw unreadable(
      "it is an old .xls or protected workbook; save it as .xlsx",
      "这是旧版 .xls 或受保护的工作簿，请另存为 .xlsx",
    );
  }
  return readCsv(path);
}

function withoutTail(cells: readonly string[]): string[] {
  const end = cells.findLastIndex((cell) => cell.trim() !== "");
  return cells.slice(0, end + 1);
}

const NOTES: Readonly<Record<FileNote["code"], (params: FileNote["params"]) => ImportFinding["message"]>> = {
  encodingGuessed: ({ encoding }) => ({
    en: `The file does not say its encoding; it was read as ${encoding}. Look at the samples.`,
    "zh-CN": `文件未标明编码，已按 ${encoding} 读取，请核对样例。`,
  }),
  mergedCells: ({ count }) => ({
    en: `${count} merged ranges: each of their cells got the value of the whole.`,
    "zh-CN": `有 ${count} 处合并单元格，已将其值填入每个单元格。`,
  }),
  formulaCells: ({ count }) => ({
    en: `${count} cells are formulas: their last results are taken.`,
    "zh-CN": `有 ${count} 个公式单元格，已取其最近的计算结果。`,
  }),
  otherSheets: ({ count }) => ({
    en: `Only the first sheet is read; ${count} more are left out.`,
    "zh-CN": `只读取第一个工作表，其余 ${count} 个未读取。`,
  }),
};

function noteFinding({ code, params }: FileNote): ImportFinding {
  return { row: null, column: null, code, message: NOTES[code](params), value: null };
}

function duplicateFinding(header: string): ImportFinding {
  const { en = "", "zh-CN": zh = en } = finding("duplicateKey", "", { key: header }).message;
  return { row: 1, column: header, code: "duplicateHeader", message: { en, "zh-CN": zh }, value: header };
}
