import type { Node } from "../../node.ts";
import type { Frame } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { type DateParts, dateParts, FIRST_YEAR, LAST_YEAR } from "../../values/date.ts";
import { Decimal } from "../../values/decimal.ts";
import { Instant, toLocal } from "../../values/instant.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** The date in a value: its own, or that of a moment in the reader's zone. null when there is none between the years 1 and 9999. */
export function calendarDate(value: Value | undefined, frame: Frame): DateParts | null {
  if (value instanceof Instant) {
    const { date } = toLocal(value, frame.environment.timeZone);
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR ? date : null;
  }
  return typeof value === "string" ? dateParts(value) : null;
}

export function calendarDateSql(node: Node, sql: SqlWriter): SqlFragment {
  if (node.type !== "datetime") return sql.value(node);
  return dateInRange(sql.text`(${sql.value(node)} at time zone ${sql.environment.timeZone})::date`, sql);
}

/** A whole number of days or months; null beyond `limit` either way. Fractions are cut off. */
export function steps(value: Value | undefined, limit: number): number | null {
  const count = asNumber(value as Value)?.trunc();
  return count && Decimal.abs(count).lte(limit) ? count.toNumber() : null;
}

/** Clamped to just beyond the limit, which then becomes null: no operand is written twice, and nothing overflows. */
export function stepsSql(node: Node, limit: number, sql: SqlWriter): SqlFragment {
  const count = node.kind === "literal" ? steps(node.value, limit) : null;
  if (count !== null) return sql.literal(count, "integer");
  const [low, high] = [sql.literal(-limit - 1, "integer"), sql.literal(limit + 1, "integer")];
  return sql.text`nullif(nullif(least(greatest(trunc(${sql.value(node)}), ${low}), ${high}), ${low}), ${high})::integer`;
}

/** Null outside the years 1 to 9999. */
export function dateInRange(date: SqlFragment, sql: SqlWriter): SqlFragment {
  const [low, high] = [sql.text`date '0001-12-31 BC'`, sql.text`date '10000-01-01'`];
  return sql.text`nullif(nullif(least(greatest(${date}, ${low}), ${high}), ${low}), ${high})`;
}

/** Null outside the years 1 to 9999, UTC. */
export function instantInRange(instant: SqlFragment, sql: SqlWriter): SqlFragment {
  const low = sql.text`timestamptz '0001-12-31 23:59:59.999999+00 BC'`;
  const high = sql.text`timestamptz '10000-01-01 00:00:00+00'`;
  return sql.text`nullif(nullif(least(greatest(${instant}, ${low}), ${high}), ${low}), ${high})`;
}
