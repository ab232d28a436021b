import type { Field, Json, ReadText } from "@formwright/model";
import type { TitledRecord } from "../widget-kind.ts";

/** One row as it is sent. A new one has no id yet. */
export interface Row {
  readonly id?: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly refs?: Readonly<Record<string, TitledRecord | null>>;
}

/** A value that is rows; none for anything else. */
export function rowsOf(value: Json): readonly Row[] {
  return Array.isArray(value) ? (value as unknown as readonly Row[]) : [];
}

/** Rows as a value; none is null. */
export function rowsValue(rows: readonly Row[]): Json {
  return rows.length === 0 ? null : (rows as unknown as Json);
}

/** The rows with one cell changed. */
export function setCell(rows: readonly Row[], index: number, key: string, value: Json, record?: TitledRecord): Row[] {
  return rows.map((row, at) => {
    if (at !== index) return row;
    const refs = record === undefined ? row.refs : { ...row.refs, [key]: record };
    return { ...row, values: { ...row.values, [key]: value }, ...(refs === undefined ? {} : { refs }) };
  });
}

/** The cells of text that a spreadsheet put on the clipboard. */
export function cellsOf(text: string): readonly (readonly string[])[] {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((cell) => cell.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"')));
}

/** True when pasted text is more than one cell. */
export function isTable(text: string): boolean {
  return text.includes("\t") || text.trimEnd().includes("\n");
}

export interface Pasted {
  readonly rows: readonly Row[];
  /** Cells that could not be read, as they were. */
  readonly unread: readonly string[];
}

/**
 * Lays pasted cells over the rows, from a row and a column on; rows that are missing are added, up to `maxRows`.
 * A cell that cannot be read leaves its place as it was and is reported.
 *
 * @param read reads one cell for its column; references are looked up, so it takes time
 */
export async function paste(
  rows: readonly Row[],
  columns: readonly Field[],
  start: { readonly row: number; readonly column: number },
  cells: readonly (readonly string[])[],
  maxRows: number,
  read: (field: Field, text: string) => Promise<ReadText & { readonly record?: TitledRecord }>,
): Promise<Pasted> {
  let next = [...rows];
  const unread: string[] = [];
  for (const [down, line] of cells.entries()) {
    const at = start.row + down;
    if (at >= maxRows) {
      unread.push(line.join(" "));
      continue;
    }
    while (next.length <= at) next.push({ values: {} });
    for (const [across, text] of line.entries()) {
      const field = columns[start.column + across];
      if (field === undefined) continue;
      const answer = await read(field, text);
      if (answer.ok) next = setCell(next, at, field.key, answer.value, answer.record);
      else unread.push(text);
    }
  }
  return { rows: next, unread };
}
