import type { Case } from "./cases.ts";
import type { Figures } from "./measure.ts";

/** A row of the table: the median of each server's rounds, or why there is none. */
export type Row =
  | { readonly case: Case; readonly formwright: Figures; readonly handwritten: Figures; readonly ratio: number }
  | { readonly case: Case; readonly failure: string };

export function medianOf(rounds: readonly Figures[]): Figures {
  const sorted = [...rounds].sort((a, b) => a.rate - b.rate);
  return sorted[Math.floor(sorted.length / 2)] as Figures;
}

const COLUMNS = ["", "Formwright/s", "by hand/s", "ratio", "aim", "p50 ms", "p99 ms", "CPU ms", "CPU by hand"] as const;

/** The table as people read it. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [COLUMNS as readonly string[], ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const space = " ".repeat((widths[column] ?? 0) - widthOf(cell));
          return column === 0 ? cell + space : space + cell;
        })
        .join("  "),
    )
    .join("\n");
}

function cells(row: Row): readonly string[] {
  if ("failure" in row) return [row.case.label, "failed", "", "", "", "", "", "", ""];
  const { formwright, handwritten, ratio } = row;
  const mark = ratio >= row.case.aim ? "" : " !";
  return [
    row.case.label,
    rate(formwright.rate),
    rate(handwritten.rate),
    ratio.toFixed(2) + mark,
    row.case.aim.toFixed(1),
    formwright.p50.toFixed(0),
    formwright.p99.toFixed(0),
    formwright.cpu?.toFixed(2) ?? "?",
    handwritten.cpu?.toFixed(2) ?? "?",
  ];
}

function rate(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

function widthOf(text: string): number {
  return text.length;
}
