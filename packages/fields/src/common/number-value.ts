import {
  type FieldKindModel,
  type Finding,
  finding,
  type Json,
  type JsonObject,
  type ReadText,
} from "@formwright/model";
import { Decimal } from "decimal.js";
import { narrow, unread } from "./text-value.ts";

/** Digits that a JSON number carries exactly through every program on the way. */
const EXACT_DIGITS = 15;

/** The options that every kind of number has. */
export interface NumberOptions {
  /** Decimal places kept: 0 to 6. */
  readonly scale: number;
  readonly min?: number;
  readonly max?: number;
}

/** The options as typed; they passed the options schema. */
export function numberOptions(options: JsonObject): NumberOptions {
  return options as unknown as NumberOptions;
}

/** JSON Schemas of scale, min and max, for the options schema of a number kind. */
export const NUMBER_OPTION_SCHEMAS = {
  scale: {
    type: "integer",
    minimum: 0,
    maximum: 6,
    "x-label": { en: "Decimal places", "zh-CN": "小数位" },
  },
  min: { type: "number", "x-label": { en: "At least", "zh-CN": "最小值" } },
  max: { type: "number", "x-label": { en: "At most", "zh-CN": "最大值" } },
} as const;

/** What all kinds of number share: their value's schema, their checks. */
export const NUMBER_KIND = {
  keywordOptions: { minimum: "min", maximum: "max" },
  valueSchema(options: JsonObject) {
    const { scale, min, max } = numberOptions(options);
    return {
      type: scale === 0 ? "integer" : "number",
      ...(min !== undefined && { minimum: min }),
      ...(max !== undefined && { maximum: max }),
    };
  },
  ruleType: () => "number",
  operators: ["eq", "ne", "gt", "gte", "lt", "lte", "between", "in", "notIn", "isEmpty", "notEmpty"],
  checkOptions(options: JsonObject): Finding[] {
    const { min, max } = numberOptions(options);
    return min !== undefined && max !== undefined && min > max ? [finding("boundsContradict", "/min")] : [];
  },
  checkValue(value: Json, options: JsonObject): Finding[] {
    return typeof value === "number" ? checkExact(value, numberOptions(options).scale) : [];
  },
} as const satisfies Partial<FieldKindModel>;

function checkExact(value: number, scale: number): Finding[] {
  if (placesOf(value) > scale) return [finding("decimalPlaces", "", { scale })];
  return Math.abs(value) >= 10 ** (EXACT_DIGITS - scale) ? [finding("numberTooLarge", "")] : [];
}

/** Decimal places of the shortest decimal that is this number. On the path of every write: no Decimal is made. */
function placesOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [digits = "", exponent = "0"] = String(value).split("e");
  const point = digits.indexOf(".");
  const written = point < 0 ? 0 : digits.length - point - 1;
  return Math.max(0, written - Number(exponent));
}

const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const CHINESE_GROUPED = /^\d{1,4}(?:,\d{4})+(?:\.\d*)?$/;
const PLAIN = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i;
const CURRENCY =
  /^(?:[¥￥$€£₩₹元]|cny|rmb|usd|eur|gbp|jpy|hkd|twd|us\$|hk\$|nt\$|人民币|美元|欧元)\s*|\s*(?:[¥￥$€£元]|cny|rmb|usd|eur|gbp|jpy|hkd|twd|人民币|美元|欧元)$/gi;
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/**
 * Reads a number as people and spreadsheets write it: thousands separators, currency signs, full-width digits,
 * a minus in front or behind, accounting brackets for minus, 万 and 亿, "1.2E+05". A comma is never a decimal point.
 * More than 15 significant digits behind the point are the noise of a binary float and are rounded away.
 */
export function readNumber(text: string): ReadText {
  const found = parseNumber(narrow(text).trim());
  if (found === null) return { ok: true, value: null };
  return found === undefined ? unread("notNumber", text.trim()) : { ok: true, value: found };
}

/** The number, null when there is no text, undefined when it is none. */
export function parseNumber(text: string): number | null | undefined {
  if (text === "") return null;
  const { sign, rest } = signOf(text);
  const unit = MYRIADS[rest.at(-1) ?? ""];
  const digits = (unit ? rest.slice(0, -1) : rest).replaceAll(/[ '\u00a0\u202f]/g, (space) =>
    /\d/.test(rest) ? "" : space,
  );
  const plain = GROUPED.test(digits) || CHINESE_GROUPED.test(digits) ? digits.replaceAll(",", "") : digits;
  if (!PLAIN.test(plain)) return undefined;
  const decimal = new Decimal(plain).times(unit ?? 1).times(sign);
  const exact = decimal.decimalPlaces() > 0 ? decimal.toSignificantDigits(EXACT_DIGITS) : decimal;
  const number = exact.toNumber();
  return Number.isFinite(number) ? number + 0 : undefined;
}

function signOf(text: string): { sign: 1 | -1; rest: string } {
  let sign: 1 | -1 = 1;
  let rest = text.trim();
  const brackets = /^\((.*)\)$/.exec(rest);
  if (brackets) {
    sign = -1;
    rest = brackets[1] ?? "";
  }
  rest = rest.replaceAll(CURRENCY, "").trim();
  if (/^[-−–]/.test(rest) || (/[-−]$/.test(rest) && !brackets)) {
    sign = sign === 1 ? -1 : 1;
    rest = rest.replace(/^[-−–]|[-−]$/, "");
  } else if (rest.startsWith("+")) rest = rest.slice(1);
  return { sign, rest: rest.replaceAll(CURRENCY, "").trim() };
}

/** A number for an export: plain digits with a point, no separators, never an exponent. */
export function writeNumber(value: Json): string {
  return typeof value === "number" ? new Decimal(value).toFixed() : "";
}
