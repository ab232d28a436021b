import type { Json } from "@formwright/model";

/** Something worth knowing about a file as a whole. */
export interface FileNote {
  readonly code: "encodingGuessed" | "mergedCells" | "formulaCells" | "otherSheets";
  readonly params: { readonly [name: string]: Json };
}

/** A table read from a file, row by row; the first row is its header. Cells are text; empty ones are "". */
export interface TableRows {
  readonly encoding: string;
  /** Complete once all rows were read. */
  readonly notes: readonly FileNote[];
  readonly rows: AsyncIterable<readonly string[]>;
}
