import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { JsonObject } from "@formwright/model";
import type { Api } from "./api.ts";
import { waitUntil } from "./wait-until.ts";

/** Which field a column, named by its header, goes to. */
export interface ColumnPlan {
  readonly header: string;
  readonly field: string;
  readonly options?: JsonObject;
}

export interface ImportState {
  readonly state: string;
  readonly phase: string;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly skipped: number;
  readonly findings: readonly { readonly row: number; readonly code: string; readonly message: string }[];
}

interface Uploaded {
  readonly job: string;
  readonly columns: readonly { readonly index: number; readonly header: string }[];
}

/** Uploads a file, tries it, runs it, and gives what each came to. */
export async function importFile(
  api: Api,
  entity: string,
  file: string,
  columns: readonly ColumnPlan[],
  mode: { readonly mode: "create" | "upsert"; readonly key?: string } = { mode: "create" },
): Promise<{ readonly tried: ImportState; readonly ran: ImportState }> {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(await readFile(file))], { type: "text/csv" }), basename(file));
  const uploaded = await api.inWorkspace<Uploaded>("POST", `/records/${entity}/import`, form);
  const mapping = columns.map(({ header, field, options }) => {
    const column = uploaded.columns.find((one) => one.header === header);
    if (!column) throw new Error(`${file} has no column ${header}`);
    return { column: column.index, field, ...(options && { options }) };
  });
  const path = `/records/${entity}/import/${uploaded.job}`;
  const body = { mapping, ...mode };
  await api.inWorkspace("POST", `${path}/dry-run`, body);
  const tried = await finished(api, path, "dry run");
  await api.inWorkspace("POST", `${path}/run`, body);
  return { tried, ran: await finished(api, path, "run") };
}

async function finished(api: Api, path: string, phase: string): Promise<ImportState> {
  const ask = async () => {
    const state = await api.inWorkspace<ImportState>("GET", path);
    return /done|finished|checked|failed/.test(state.state) ? state : null;
  };
  return await waitUntil(ask, `${path} ${phase}`, 300_000);
}
