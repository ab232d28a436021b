import type { RuleData, RuleValue } from "../types.ts";
import { Decimal, readDecimal, writeDecimal } from "./decimal.ts";
import { Instant, readInstant } from "./instant.ts";
import { compareText } from "./text.ts";

/** A value while a rule runs: it says itself what it is. Dates and ids are texts. */
export type Value = null | boolean | string | Decimal | Instant | readonly Value[] | readonly RuleData[];

/** Evaluates a rule on one row of a subform. */
export type RowFunction = (row: RuleData) => Value;

/** The number in a value; null when it is none. */
export function asNumber(value: Value | undefined): Decimal | null {
  if (value instanceof Decimal) return value;
  return typeof value === "string" ? readDecimal(value) : null;
}

/** The text in a value; null when it is none. */
export function asText(value: Value | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** The list in a value; empty when it is none. */
export function asList(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** The rows in a value; none when it is no list of rows. */
export function asRows(value: Value | undefined): readonly RuleData[] {
  return Array.isArray(value) ? (value as readonly RuleData[]) : [];
}

/** Null counts as false. */
export function isTrue(value: Value | undefined): boolean {
  return value === true;
}

/** Null, empty text, an empty list. */
export function isEmptyValue(value: Value | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Null equals null and nothing else; values of different types are never equal. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  return compareValues(a, b) === 0 || (Array.isArray(a) && Array.isArray(b) && isEqualList(a, b));
}

function isEqualList(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index] ?? null));
}

/** -1, 0 or 1; null when either is null or they cannot be compared. */
export function compareValues(a: Value, b: Value): number | null {
  if (a instanceof Instant && b instanceof Instant) return a.compare(b);
  if (a instanceof Decimal || b instanceof Decimal) {
    const [left, right] = [asNumber(a), asNumber(b)];
    return left && right ? left.comparedTo(right) : null;
  }
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  return null;
}

/** What leaves the evaluator. */
export function writeValue(value: Value): RuleValue {
  if (value instanceof Decimal) return writeDecimal(value);
  if (value instanceof Instant) return value.toText();
  if (Array.isArray(value)) return value.map((item) => writeItem(item)) as RuleValue;
  return value as RuleValue;
}

function writeItem(item: Value | RuleData): unknown {
  return item instanceof Decimal || item instanceof Instant ? writeValue(item) : item;
}

/** A value whose type is not known, by its looks: numbers, moments in ISO 8601, everything else as it is. */
export function shapeOf(value: RuleValue): Value {
  if (typeof value === "number") return readDecimal(value);
  if (typeof value === "string") return readInstant(value) ?? value;
  return value;
}
