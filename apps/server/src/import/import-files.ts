import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ImportFinding } from "./table-columns.ts";

const KEPT_MS = 30 * 86_400_000;

/** Where an import keeps its file, its rows and what went wrong. All servers and workers see the same data folder. */
export interface ImportFiles {
  readonly folder: string;
  readonly source: string;
  readonly rows: string;
  readonly failed: string;
}

/** A row that could not be imported, as it stands in the failure file. */
export interface FailedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly findings: readonly ImportFinding[];
}

export function importFiles(dataDir: string, workspaceId: string, id: string): ImportFiles {
  const folder = join(dataDir, "imports", workspaceId, id);
  return {
    folder,
    source: join(folder, "source"),
    rows: join(folder, "rows.ndjson"),
    failed: join(folder, "failed.ndjson"),
  };
}

export async function makeFolder(files: ImportFiles): Promise<void> {
  await mkdir(files.folder, { recursive: true });
}

export async function addFailures(files: ImportFiles, failures: readonly FailedRow[]): Promise<void> {
  if (failures.length === 0) return;
  await appendFile(files.failed, failures.map((failure) => `${JSON.stringify(failure)}\n`).join(""));
}

export async function forgetFailures(files: ImportFiles): Promise<void> {
  await rm(files.failed, { force: true });
}

/** Removes the folders of imports that nobody looks at any more. */
export async function sweepImports(dataDir: string, now: Date): Promise<void> {
  const root = join(dataDir, "imports");
  if (!existsSync(root)) return;
  for (const workspace of await readdir(root)) {
    for (const id of await readdir(join(root, workspace))) {
      const folder = join(root, workspace, id);
      const { mtimeMs } = await stat(folder);
      if (now.getTime() - mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true });
    }
  }
}
