/** -1, 0 or 1 by code point, as PostgreSQL's collation "C" orders UTF-8 (JS itself compares UTF-16 units). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return orderKey(left) < orderKey(right) ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

/** Surrogates stand for code points above all others: moves them behind U+E000..U+FFFF. */
function orderKey(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Latin with accents (also Vietnamese), Greek and Cyrillic. */
const FOLDED_RANGES: readonly (readonly [number, number])[] = [
  [0xc0, 0x17f],
  [0x370, 0x52f],
  [0x1e00, 0x1eff],
];

/**
 * Letters beyond ASCII with their lower case, one code point each and both ways alike.
 * Case is folded by this table and not by a locale, because databases differ in what their locales know:
 * `lower` under collation "C" does ASCII, `translate` with these two texts does the rest, everywhere the same.
 */
const pairs = FOLDED_RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, offset) => String.fromCodePoint(first + offset))
    .map((upper) => [upper, upper.toLowerCase()] as const)
    .filter(
      ([upper, lower]) =>
        upper !== lower && [...lower].length === 1 && lower.charCodeAt(0) > 0x7f && lower.toUpperCase() === upper,
    ),
);
export const WIDE_UPPER: string = pairs.map(([upper]) => upper).join("");
export const WIDE_LOWER: string = pairs.map(([, lower]) => lower).join("");
const toLower = new Map(pairs);
const toUpper = new Map(pairs.map(([upper, lower]) => [lower, upper]));

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Lower case, by the table above. */
export function lowerText(text: string): string {
  return mapCase(text, toLower, /[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Upper case, by the table above. */
export function upperText(text: string): string {
  return mapCase(text, toUpper, /[a-z]/g, (letter) => letter.toUpperCase());
}

function mapCase(
  text: string,
  table: ReadonlyMap<string, string>,
  ascii: RegExp,
  change: (letter: string) => string,
): string {
  const changed = text.replace(ascii, change);
  if (!BEYOND_ASCII.test(changed)) return changed;
  return Array.from(changed, (letter) => table.get(letter) ?? letter).join("");
}

/** Which letters of a text have another case: none, ASCII only, or others too. */
export function caseOf(text: string): "none" | "ascii" | "wide" {
  if (Array.from(text).some((letter) => toLower.has(letter) || toUpper.has(letter))) return "wide";
  return /[A-Za-z]/.test(text) ? "ascii" : "none";
}

/** Number of code points. */
export function textLength(text: string): number {
  return Array.from(text).length;
}

/** False for what PostgreSQL cannot store: half a surrogate pair, the character zero. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
