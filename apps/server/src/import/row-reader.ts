import { FIELD_KINDS } from "@formwright/fields/model";
import type { FieldKindRegistry, Json, TextContext } from "@formwright/model";
import type { MappedColumn } from "./mapping.ts";
import type { RecordFinder } from "./record-finder.ts";
import type { ImportFinding } from "./table-columns.ts";

/** A record that a row names and that has to be made first. */
export interface MissingRecord {
  readonly entity: string;
  readonly by: string;
  readonly text: string;
  readonly field: string;
}

/** A row as a record: what goes into it, what has to be made first, what is wrong. */
export interface ReadRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly values: { [field: string]: Json };
  readonly owner: string | null | undefined;
  readonly missing: readonly MissingRecord[];
  readonly findings: readonly ImportFinding[];
}

/** A text that means nothing yet, so that a person can say once what it stands for. */
export interface UnmatchedText {
  readonly column: number;
  readonly header: string;
  readonly field: string;
  readonly value: string;
  count: number;
}

const MAX_UNMATCHED = 500;
const UNMATCHED: ReadonlySet<string> = new Set(["titleNotFound", "titleAmbiguous", "notChoice"]);

/** What reading needs to know beside the columns: without the stages any text would pass for one. */
export type ReaderContext = Required<Pick<TextContext, "locale" | "timeZone" | "stagesOf">>;

/** Reads rows of cells into values, column by column, as the field kinds read text. */
export class RowReader {
  readonly unmatched = new Map<string, UnmatchedText>();
  readonly #columns: readonly MappedColumn[];
  readonly #finder: RecordFinder;
  readonly #base: ReaderContext;

  constructor(columns: readonly MappedColumn[], finder: RecordFinder, base: ReaderContext) {
    this.#columns = columns;
    this.#finder = finder;
    this.#base = base;
  }

  /** Looks up the records that the rows name, all at once. */
  async prepare(rows: readonly { readonly cells: readonly string[] }[]): Promise<void> {
    for (const column of this.#columns) {
      if (column.entity === null) continue;
      const texts = rows.flatMap(({ cells }) => this.#textOf(column, cells) ?? []);
      await this.#finder.learn(column.entity, this.#matchBy(column, column.entity), texts);
    }
  }

  read(row: number, cells: readonly string[]): ReadRow {
    const values: { [field: string]: Json } = {};
    const missing: MissingRecord[] = [];
    const findings: ImportFinding[] = [];
    let owner: string | null | undefined;
    for (const column of this.#columns) {
      const text = this.#textOf(column, cells);
      const read = text === null ? ({ ok: true, value: null } as const) : this.#readText(column, text);
      if (read.ok) {
        if (column.field === "owner") owner = read.value as string | null;
        else values[column.field] = read.value;
        continue;
      }
      if (read.code === "titleNotFound" && column.options?.createMissing && column.entity && text !== null) {
        const by = this.#matchBy(column, column.entity);
        missing.push({ entity: column.entity, by, text, field: column.field });
        continue;
      }
      const { en = "", "zh-CN": zh = en } = read.message;
      findings.push({ row, column: column.header, code: read.code, message: { en, "zh-CN": zh }, value: text });
      if (UNMATCHED.has(read.code) && text !== null) this.#count(column, text);
    }
    return { row, cells, values, owner, missing, findings };
  }

  /** What the cell says after the value map; null when it is to be left empty. */
  #textOf(column: MappedColumn, cells: readonly string[]): string | null {
    const text = (cells[column.column] ?? "").trim();
    if (text === "") return null;
    const map = column.options?.valueMap;
    return map && Object.hasOwn(map, text) ? (map[text] ?? null) : text;
  }

  #readText(column: MappedColumn, text: string) {
    const kind = (FIELD_KINDS as FieldKindRegistry)[column.target.kind];
    if (!kind) throw new Error(`no field kind ${column.target.kind}`);
    return kind.readText(text, column.target, {
      ...this.#base,
      findByTitle: (entity, title) => this.#finder.find(entity, this.#matchBy(column, entity), title),
      ...(column.options?.dateOrder && { dateOrder: column.options.dateOrder }),
    });
  }

  #matchBy(column: MappedColumn, entity: string): string {
    return column.options?.matchBy ?? this.#finder.titleField(entity);
  }

  #count(column: MappedColumn, value: string): void {
    const key = `${column.column} ${value}`;
    const known = this.unmatched.get(key);
    if (known) known.count += 1;
    else if (this.unmatched.size < MAX_UNMATCHED) {
      this.unmatched.set(key, { column: column.column, header: column.header, field: column.field, value, count: 1 });
    }
  }
}
