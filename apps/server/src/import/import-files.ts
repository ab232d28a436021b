import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "@formwright/model";
import type { ImportFinding } from "./table-columns.ts";

/** Uploads hold personal data: they are kept no longer than people need to correct what failed. */
export const KEPT_DAYS = 7;

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
  // A line that a kill cut off stays a line of its own: the report passes over it, and its row comes again.
  await appendFile(files.failed, `\n${failures.map(jsonLine).join("")}`);
}

/** One line for one reader: JSON leaves the line and paragraph separators of Unicode as they are, readers split there. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}

export async function forgetFailures(files: ImportFiles): Promise<void> {
  await rm(files.failed, { force: true });
}

/**
 * The upload is used: it is kept for another while from now on.
 *
 * @throws Problem `conflict` when it was removed meanwhile
 */
export async function keepFiles(files: ImportFiles, now: Date): Promise<void> {
  if (!existsSync(files.rows)) {
    throw new Problem("conflict", {
      en: `The uploaded file was removed after ${KEPT_DAYS} days: upload it again.`,
      "zh-CN": `上传的文件已在 ${KEPT_DAYS} 天后删除，请重新上传。`,
    });
  }
  await utimes(files.folder, now, now);
}

/** Removes the uploads that nobody used for {@link KEPT_DAYS} days. */
export async function sweepImports(dataDir: string, now: Date): Promise<void> {
  const root = join(dataDir, "imports");
  if (!existsSync(root)) return;
  for (const workspace of await readdir(root)) {
    for (const id of await readdir(join(root, workspace))) {
      const folder = join(root, workspace, id);
      const used = await stat(folder).catch(() => null); // null: another worker sweeps too
      if (used && now.getTime() - used.mtimeMs > KEPT_DAYS * 86_400_000) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}
