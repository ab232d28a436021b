import { unreadable } from "./unreadable-file.ts";

export const MAX_COLUMNS = 1_000;
const MAX_RANGES = 100_000;

interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  value: string;
}

/** Gives each cell of a merged range the value of the whole. Rows are filled in their order. */
export class MergedCells {
  readonly #ranges: Range[] = [];
  #next = 0;
  #open: Range[] = [];

  /** Notes a range such as `B2:B7`. */
  add(reference: string): void {
    const [from = "", to = from] = reference.split(":");
    const left = columnOf(from);
    if (left < 1 || left > MAX_COLUMNS || this.#ranges.length >= MAX_RANGES) return;
    const right = Math.min(columnOf(to), MAX_COLUMNS);
    this.#ranges.push({ top: rowOf(from), bottom: rowOf(to), left, right, value: "" });
  }

  get count(): number {
    return this.#ranges.length;
  }

  /** All ranges are known: rows may come. */
  sort(): void {
    this.#ranges.sort((a, b) => a.top - b.top);
  }

  fill(row: number, cells: string[]): void {
    for (let range = this.#ranges[this.#next]; range && range.top <= row; range = this.#ranges[++this.#next]) {
      range.value = range.top === row ? (cells[range.left - 1] ?? "") : "";
      if (range.value !== "") this.#open.push(range);
    }
    if (this.#open.length === 0) return;
    this.#open = this.#open.filter(({ bottom }) => bottom >= row);
    // Ranges do not overlap, so that there is one for each column at most.
    if (this.#open.length > MAX_COLUMNS) throw unreadable("merged cells overlap", "合并单元格重叠");
    for (const { left, right, value } of this.#open) {
      while (cells.length < right) cells.push("");
      for (let column = left; column <= right; column++) cells[column - 1] ||= value;
    }
  }
}

/** The column of a reference such as `AB12`, A being 1; 0 when it names none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,4}/i.exec(reference)?.[0].toUpperCase() ?? "") {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column;
}

function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 0);
}
