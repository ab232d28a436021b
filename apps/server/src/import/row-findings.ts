import type { Finding } from "@formwright/model";
import type { ImportRun } from "./import-run.ts";
import type { ReadRow } from "./row-reader.ts";
import type { ImportFinding } from "./table-columns.ts";

/** The engine's findings about a record (`/values/amount`) as findings about the row's cells. */
export function findingsOfRow(
  run: Pick<ImportRun, "columns">,
  read: ReadRow,
  findings: readonly Finding[],
): ImportFinding[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .map(({ pointer, code, message }) => {
      const field = /\/(?:values\/)?([a-z][a-z0-9_]*)(?:\/|$)/.exec(pointer.replace(/^\/values/, ""))?.[1];
      const column = run.columns.find((one) => one.field === field);
      const { en = code, "zh-CN": zh = en } = message;
      // A required field that no column fills has no cell to point at: it is named instead.
      const name = column || !field ? "" : `${field}: `;
      return {
        row: read.row,
        column: column?.header ?? null,
        code,
        message: { en: name + en, "zh-CN": name + zh },
        value: column ? (read.cells[column.column] ?? null) : null,
      };
    });
}
