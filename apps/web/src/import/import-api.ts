import type { JsonObject, LocalText } from "@formwright/model";
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
  readonly suggestion: ColumnSuggestion | string | null;
}

export interface ImportFinding {
  /** The row as a spreadsheet counts it. */
  readonly row: number | null;
  readonly column?: number | string | null;
  readonly code: string;
  readonly message: string | LocalText;
  readonly value?: string | null;
  readonly params?: JsonObject;
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

export interface ImportProgress {
  readonly state: "waiting" | "queued" | "running" | "done" | "failed" | "cancelled" | "uploaded";
  readonly phase: "uploaded" | "dryRun" | "dry-run" | "run" | null;
  readonly done: number;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly skipped: number;
  /** The first 200. */
  readonly findings: readonly ImportFinding[];
  readonly error?: string | null;
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
