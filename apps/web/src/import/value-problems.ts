import type { ImportFinding, UploadedColumn } from "./import-api.ts";
import type { ImportPlan } from "./mapping.ts";

/** A text in a column that means nothing that is known. */
export interface UnknownValue {
  readonly column: number;
  readonly field: string;
  readonly value: string;
  /** How often it is among the findings at hand. */
  readonly times: number;
}

/** The column that a finding is about: by index, or by header. */
export function columnOf(finding: ImportFinding, columns: readonly UploadedColumn[]): UploadedColumn | null {
  if (typeof finding.column === "number") return columns.find((item) => item.index === finding.column) ?? null;
  return columns.find((item) => item.header === finding.column) ?? null;
}

/**
 * Texts that could be told the meaning of: values in columns of choices and references that were not understood, each
 * once, the most frequent first.
 */
export function unknownValues(
  findings: readonly ImportFinding[],
  columns: readonly UploadedColumn[],
  plan: ImportPlan,
  isMappable: (field: string) => boolean,
): readonly UnknownValue[] {
  const found = new Map<string, UnknownValue>();
  for (const finding of findings) {
    const column = columnOf(finding, columns);
    const choice = column && plan.columns[column.index];
    if (!column || !choice || !finding.value || !isMappable(choice.field)) continue;
    const name = `${column.index}:${finding.value}`;
    const times = (found.get(name)?.times ?? 0) + 1;
    found.set(name, { column: column.index, field: choice.field, value: finding.value, times });
  }
  return [...found.values()].sort((a, b) => b.times - a.times || a.column - b.column);
}
