import type { JsonObject } from "@formwright/model";

export type DateOrder = "mdy" | "dmy" | "ymd";

/** What a column of the file looks like: shown to the person who maps it. */
export interface TableColumn {
  readonly index: number;
  readonly header: string;
  readonly samples: readonly string[];
  readonly empty: number;
  /** How many different texts there are; null when there are too many to count. */
  readonly distinct: number | null;
  /**
   * For dates in numbers such as 10/20/2016: the only order that all of them allow, "ambiguous" when both do, "mixed"
   * when none does. Null when the column holds no such dates.
   */
  readonly dateOrder: DateOrder | "ambiguous" | "mixed" | null;
}

const SAMPLES = 5;
const MAX_DISTINCT = 1_000;
const NUMBERS = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?!\d)/;

/** Looks at every cell of a column as the rows go by. */
export class ColumnStudy {
  readonly #index: number;
  readonly #header: string;
  readonly #samples: string[] = [];
  readonly #distinct = new Set<string>();
  #empty = 0;
  #dates = 0;
  #filled = 0;
  #mayBe = { mdy: true, dmy: true, ymd: true };

  constructor(index: number, header: string) {
    this.#index = index;
    this.#header = header;
  }

  see(cell: string): void {
    const text = cell.trim();
    if (text === "") {
      this.#empty += 1;
      return;
    }
    this.#filled += 1;
    if (this.#distinct.size <= MAX_DISTINCT && !this.#distinct.has(text)) {
      this.#distinct.add(text);
      if (this.#samples.length < SAMPLES) this.#samples.push(text.length > 200 ? `${text.slice(0, 199)}…` : text);
    }
    this.#seeDate(text);
  }

  result(): TableColumn {
    return {
      index: this.#index,
      header: this.#header,
      samples: this.#samples,
      empty: this.#empty,
      distinct: this.#distinct.size > MAX_DISTINCT ? null : this.#distinct.size,
      dateOrder: this.#dateOrder(),
    };
  }

  #seeDate(text: string): void {
    const found = NUMBERS.exec(text);
    if (!found) return;
    this.#dates += 1;
    const [first, second, third] = [Number(found[1]), Number(found[2]), Number(found[3])];
    const startsWithYear = found[1]?.length === 4;
    const mayBe = this.#mayBe;
    mayBe.ymd &&= startsWithYear && second <= 12 && third <= 31;
    mayBe.mdy &&= !startsWithYear && first <= 12 && second <= 31;
    mayBe.dmy &&= !startsWithYear && second <= 12 && first <= 31;
  }

  #dateOrder(): TableColumn["dateOrder"] {
    if (this.#dates === 0 || this.#dates * 2 < this.#filled) return null;
    const possible = (["mdy", "dmy", "ymd"] as const).filter((order) => this.#mayBe[order]);
    if (possible.length === 1) return possible[0] ?? null;
    return possible.length === 0 ? "mixed" : "ambiguous";
  }
}

/** Names for the columns: every header once, the nameless after their letter. */
export function nameColumns(cells: readonly string[]): { names: string[]; duplicates: string[] } {
  const seen = new Map<string, number>();
  const duplicates: string[] = [];
  const names = cells.map((cell, index) => {
    const header = cell.replace(/\s+/g, " ").trim() || letterOf(index);
    const times = (seen.get(header) ?? 0) + 1;
    seen.set(header, times);
    if (times === 1) return header;
    duplicates.push(header);
    return `${header} (${times})`;
  });
  return { names, duplicates };
}

function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

/** A finding about a file or one of its cells, as it is kept. */
export interface ImportFinding {
  /** Row of the file, the header being row 1; null for the file as a whole. */
  readonly row: number | null;
  /** Header of the column; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly message: { readonly en: string; readonly "zh-CN": string };
  readonly value: string | null;
}

export function asJson(value: unknown): JsonObject {
  return value as JsonObject;
}
