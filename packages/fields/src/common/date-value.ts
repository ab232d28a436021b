import { isCalendarDate, type ReadText, type TextContext } from "@formwright/model";
import { narrow, unread } from "./text-value.ts";

type Order = NonNullable<TextContext["dateOrder"]>;

export type ReadDate =
  | { readonly ok: true; readonly date: string; readonly rest: string }
  | { readonly ok: false; readonly code: "notDate" | "ambiguousDate" | "impossibleDate" };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const YEAR_FIRST = /^(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?!\d)/;
const NUMBERS = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;
const DAY_MONTH_NAME = /^(\d{1,2})(?:st|nd|rd|th)?[-\s]+([a-z]{3,9})\.?[-\s,]+(\d{4}|\d{2})(?!\d)/i;
const MONTH_NAME_DAY = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/i;
const SERIAL = /^(\d{5})(?:\.(\d+))?$/;
/** Day 0 of a spreadsheet's calendar, for serials after its imaginary 29 February 1900. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

/**
 * Reads the date at the start of a text: ISO and Chinese forms, month names, day and month as numbers
 * (in the order that a person confirmed; a guess is refused when both orders are possible), spreadsheet serials.
 *
 * @returns the date as YYYY-MM-DD and what stands behind it
 */
export function readDateAtStart(text: string, order: Order | undefined): ReadDate {
  const plain = narrow(text).trim();
  const serial = SERIAL.exec(plain);
  if (serial) return fromSerial(Number(serial[1]), serial[2]);
  for (const [pattern, take] of FORMS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const parts = take(match, order);
    if (typeof parts === "string") return { ok: false, code: parts };
    const date = toDate(parts);
    if (!date) return { ok: false, code: "impossibleDate" };
    return { ok: true, date, rest: plain.slice(match[0].length).trim() };
  }
  return { ok: false, code: "notDate" };
}

const MIDNIGHT = /^T?0{1,2}:00(:00(\.0+)?)?$/i;

/** Reads a date and nothing behind it but midnight; another time is refused, not dropped. */
export function readDateText(text: string, { dateOrder }: Pick<TextContext, "dateOrder">): ReadText {
  if (text.trim() === "") return { ok: true, value: null };
  const read = readDateAtStart(text, dateOrder);
  if (!read.ok) return unread(read.code, text.trim());
  if (read.rest === "" || MIDNIGHT.test(read.rest)) return { ok: true, value: read.date };
  return unread(/\d:\d/.test(read.rest) ? "timeInDate" : "notDate", text.trim());
}

type Parts = readonly [year: number, month: number, day: number];
type Take = (match: RegExpExecArray, order: Order | undefined) => Parts | "notDate" | "ambiguousDate";

const inTurn: Take = (match) => [Number(match[1]), Number(match[2]), Number(match[3])];

const FORMS: readonly (readonly [RegExp, Take])[] = [
  [YEAR_FIRST, inTurn],
  [COMPACT, inTurn],
  [NUMBERS, byOrder],
  [DAY_MONTH_NAME, (match) => named(match[3], match[2], match[1])],
  [MONTH_NAME_DAY, (match) => named(match[3], match[1], match[2])],
];

function byOrder(match: RegExpExecArray, order: Order | undefined): Parts | "notDate" | "ambiguousDate" {
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (order === "ymd") return match[3]?.length === 4 ? "notDate" : [fullYear(match[1]), second, third];
  const year = fullYear(match[3]);
  if (order === "mdy") return [year, first, second];
  if (order === "dmy") return [year, second, first];
  if (first > 12) return [year, second, first];
  if (second > 12 || first === second) return [year, first, second];
  return "ambiguousDate";
}

function named(year: string | undefined, month: string | undefined, day: string | undefined): Parts | "notDate" {
  const index = MONTHS.indexOf((month ?? "").slice(0, 3).toLowerCase());
  return index < 0 ? "notDate" : [fullYear(year), index + 1, Number(day)];
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  if ((text?.length ?? 0) > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** The date as YYYY-MM-DD, or null when the calendar has no such day. */
export function toDate([year, month, day]: Parts): string | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isCalendarDate(text) ? text : null;
}

function fromSerial(days: number, fraction: string | undefined): ReadDate {
  const date = new Date(SERIAL_EPOCH + days * DAY).toISOString().slice(0, 10);
  const seconds = Math.round(Number(`0.${fraction ?? "0"}`) * 86_400);
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const rest = seconds === 0 ? "" : `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return { ok: true, date, rest };
}
