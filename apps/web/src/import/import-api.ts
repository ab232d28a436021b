import { api } from "../api/api.ts";
import { path } from "../api/client.ts";

export type DateOrder = "mdy" | "dmy" | "ymd";

export interface ColumnOptions {
  readonly dateOrder?: DateOrder;
  /** What a text in the file means, by the text in the file. */
  readonly valueMap?: Readonly<Record<string, string>>;
  readonly createMissing?: boolean;
  /** The field of the other entity that the text names a record by. */
  readonly matchBy?: string;
}

export interface ColumnSuggestion {
  readonly field: string;
  readonly options?: ColumnOptions;
}

export interface UploadedColumn {
  readonly index: number;
  readonly header: string;
  readonly samples: readonly string[];
  readonly suggestion: ColumnSuggestion | null;
}

export interface ImportFinding {
  /** The row as a spreadsheet counts it; null for the file as a whole. */
  readonly row: number | null;
  /** Header of the column; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly value: string | null;
}

export interface UploadedFile {
  readonly job: string;
  readonly columns: readonly UploadedColumn[];
  readonly rows: number;
  readonly encoding: string | null;
  readonly findings: readonly ImportFinding[];
}

export interface ColumnMapping {
  readonly column: number;
  readonly field: string;
  readonly options?: ColumnOptions;
}

export type ImportMode = "create" | "upsert";

export interface ImportOrder {
  readonly mapping: readonly ColumnMapping[];
  readonly mode: ImportMode;
  readonly key?: string;
}

/** A text of the file that nothing known is meant by, with what it most likely means. */
export interface UnmatchedText {
  readonly column: number;
  readonly header: string;
  readonly field: string;
  readonly value: string;
  /** In how many rows it stands. */
  readonly count: number;
  /** For a record its id, for a choice its value. */
  readonly proposal: { readonly value: string; readonly text: string } | null;
}

export interface ImportProgress {
  readonly state: "uploaded" | "checking" | "checked" | "running" | "done" | "failed";
  readonly phase: "dryRun" | "run";
  readonly done: number;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly skipped: number;
  /** Records of other entities that were made on the way (or would be), by entity. */
  readonly made: Readonly<Record<string, number>>;
  /** The first 200; the report has them all. */
  readonly findings: readonly ImportFinding[];
  readonly unmatched: readonly UnmatchedText[];
  /** Why it stopped, when it failed as a whole. */
  readonly problem: string | null;
}

const importPath = (ws: string, entity: string, ...rest: readonly string[]) =>
  path("w", ws, "records", entity, "import", ...rest);

export const importApi = {
  upload(ws: string, entity: string, file: File, signal?: AbortSignal) {
    const body = new FormData();
    body.append("file", file, file.name);
    return api.post<UploadedFile>(importPath(ws, entity), body, signal ? { signal } : {});
  },
  dryRun: (ws: string, entity: string, job: string, order: ImportOrder) =>
    api.post<unknown>(importPath(ws, entity, job, "dry-run"), order),
  run: (ws: string, entity: string, job: string, order: ImportOrder) =>
    api.post<unknown>(importPath(ws, entity, job, "run"), order),
  progress: (ws: string, entity: string, job: string, signal?: AbortSignal) =>
    api.get<ImportProgress>(importPath(ws, entity, job), signal ? { signal } : {}),
  async report(ws: string, entity: string, job: string): Promise<Blob> {
    const response = await api.open("GET", importPath(ws, entity, job, "report"), { headers: { Accept: "text/csv" } });
    return response.blob();
  },
};
