import { type Finding, finding, type JsonObject } from "@formwright/model";

const TOKEN = /\{([^{}]*)\}/g;
const DATE_PARTS = {
  yyyy: (day: string) => day.slice(0, 4),
  yy: (day: string) => day.slice(2, 4),
  MM: (day: string) => day.slice(5, 7),
  dd: (day: string) => day.slice(8, 10),
} as const satisfies Record<string, (day: string) => string>;

const isDatePart = (token: string): token is keyof typeof DATE_PARTS => Object.hasOwn(DATE_PARTS, token);
const isCounter = (token: string) => /^0+$/.test(token);

/** Exactly one run of zeros; otherwise only parts of a date. */
export function checkNumberPattern(options: JsonObject): Finding[] {
  const tokens = [...String(options.pattern).matchAll(TOKEN)].map((match) => match[1] ?? "");
  const unknown = tokens.filter((token) => !isDatePart(token) && !isCounter(token));
  const findings = unknown.map((token) => finding("unknownToken", "/pattern", { token: `{${token}}` }));
  if (tokens.filter(isCounter).length !== 1) findings.push(finding("noDigits", "/pattern"));
  return findings;
}

/**
 * The period in which numbers count up, as text: the parts of the date that the pattern names ("2026-03"; "" counts for ever).
 * Each period has a counter of its own that starts at 1.
 *
 * @param day YYYY-MM-DD in the workspace's zone
 */
export function numberPeriod(pattern: string, day: string): string {
  const tokens = new Set([...pattern.matchAll(TOKEN)].map((match) => match[1]));
  const year = tokens.has("yyyy") || tokens.has("yy");
  if (tokens.has("dd")) return day;
  if (tokens.has("MM")) return day.slice(0, 7);
  return year ? day.slice(0, 4) : "";
}

/**
 * The n-th number of its period. More digits than the pattern has zeros make it longer, never wrong.
 *
 * @param day YYYY-MM-DD in the workspace's zone
 */
export function formatNumber(pattern: string, day: string, n: number): string {
  return pattern.replace(TOKEN, (_whole, token: string) =>
    isDatePart(token) ? DATE_PARTS[token](day) : String(n).padStart(token.length, "0"),
  );
}
