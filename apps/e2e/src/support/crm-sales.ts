import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const FOLDER = join(process.env.FORMWRIGHT_SHARED_DATA ?? resolve(ROOT, "../shared/data"), "crm-sales");

/** Why the journey over the public sales data cannot run; null when it can. */
export const missingSalesData: string | null = existsSync(join(FOLDER, "sales_pipeline.csv"))
  ? null
  : "the public sales data is not there (FORMWRIGHT_SHARED_DATA names its folder)";

export type SalesFile = "accounts" | "products" | "sales_teams" | "sales_pipeline";

/** Path of one of the files, for uploads. */
export function salesFile(name: SalesFile): string {
  return join(FOLDER, `${name}.csv`);
}

/** The rows of one of the files, by header. */
export async function salesRows(name: SalesFile): Promise<readonly Readonly<Record<string, string>>[]> {
  return parse(await readFile(salesFile(name), "utf8"), { columns: true, bom: true }) as Record<string, string>[];
}

/** Figures that the data's own notes say come out of it. */
export const SALES_FIGURES = {
  rows: 8800,
  byStage: { Engaging: 1589, Lost: 2473, Prospecting: 500, Won: 4238 },
  wonValue: 10_005_534,
  winRatePercent: 63.15,
  withoutAccount: 1425,
  withoutEngageDate: 500,
  misspeltProduct: 1480,
  meanDaysToWin: 51.78,
  wonByQuarter2017: [1_134_672, 3_086_111, 2_982_255, 2_802_496],
  bestAgent: { name: "Darcel Schlecht", wonValue: 1_153_214 },
} as const;
