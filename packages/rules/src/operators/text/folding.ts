import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { caseOf, lowerText, WIDE_LOWER, WIDE_UPPER } from "../../values/text.ts";

/** Lower case by the table of values/text.ts, the same on every database: what `lower` alone does depends on its locale. */
export function lowerSql(text: SqlFragment, sql: SqlWriter): SqlFragment {
  return sql.text`translate(lower(${text} collate "C"), ${sql.literal(WIDE_UPPER, "text")}, ${sql.literal(WIDE_LOWER, "text")})`;
}

export function upperSql(text: SqlFragment, sql: SqlWriter): SqlFragment {
  return sql.text`translate(upper(${text} collate "C"), ${sql.literal(WIDE_LOWER, "text")}, ${sql.literal(WIDE_UPPER, "text")})`;
}

/**
 * `text` matches the constant `part` with anything where `around` says so, ignoring case. As LIKE or ILIKE it can be
 * served by a trigram index; only a part with letters whose case ASCII does not know needs the folded text.
 */
export function matchesConstant(
  text: SqlFragment,
  part: string,
  around: "both" | "after",
  sql: SqlWriter,
): SqlFragment {
  const kind = caseOf(part);
  const escaped = (kind === "wide" ? lowerText(part) : part).replace(/[\\%_]/g, "\\$&");
  const pattern = sql.literal(around === "both" ? `%${escaped}%` : `${escaped}%`, "text");
  if (kind === "none") return sql.text`(${text} collate "C" like ${pattern})`;
  if (kind === "ascii") return sql.text`(${text} collate "C" ilike ${pattern})`;
  return sql.text`(${lowerSql(text, sql)} like ${pattern})`;
}
