import { Decimal as DecimalBase } from "decimal.js";

/**
 * Exact decimals. The precision only says when to start rounding, and is beyond what a rule within the limits can reach
 * (1,000 factors of at most 36 digits): sums and products are exact, as they are for `numeric` in PostgreSQL.
 */
export const Decimal = DecimalBase.clone({
  precision: 50_000,
  rounding: DecimalBase.ROUND_HALF_UP,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  defaults: true,
});
export type Decimal = DecimalBase;

/** Places that a quotient is rounded to. */
export const DIVISION_PLACES = 10;

/** Digits up to which a JS number holds every decimal exactly. */
const EXACT_DIGITS = 15;
const LARGEST_EXPONENT = 290;
const PATTERN = /^-?\d{1,30}(?:\.\d{1,30})?$/;

/** Reads a number from a record: a JS number or a decimal as text. null for anything else. */
export function readDecimal(value: unknown): Decimal | null {
  if (typeof value === "number") return Number.isFinite(value) ? new Decimal(value) : null;
  if (typeof value === "string" && PATTERN.test(value)) return new Decimal(value);
  return null;
}

/** A JS number when that is exact, else the decimal as text. */
export function writeDecimal(value: Decimal): number | string {
  if (value.isZero()) return 0;
  const isExact = value.precision() <= EXACT_DIGITS && Math.abs(value.e) <= LARGEST_EXPONENT;
  return isExact ? value.toNumber() : value.toFixed();
}

/** True for a decimal as text that no JS number can stand for. */
export function isLongDecimal(text: string): boolean {
  return PATTERN.test(text) && new Decimal(text).precision() > EXACT_DIGITS;
}

/**
 * a / b rounded half away from zero to {@link DIVISION_PLACES}; null for b = 0.
 * Twice the quotient is truncated to a whole number and then halved, so that nothing is rounded twice;
 * the SQL of the operator does the same steps.
 */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.isZero()) return null;
  const twice = a.times(`2e${DIVISION_PLACES}`).dividedToIntegerBy(b);
  return roundTo(twice.times("0.5"), 0).times(`1e-${DIVISION_PLACES}`);
}

/** Rounded half away from zero. `places` may be negative: -2 rounds to hundreds. */
export function roundTo(value: Decimal, places: number): Decimal {
  const scale = new Decimal(`1e${places}`);
  return value.times(scale).round().times(`1e${-places}`);
}

/** Digits as people write them: no exponent, no trailing zeros, no negative zero. */
export function decimalText(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}
