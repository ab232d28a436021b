/** Milliseconds of a day of 24 hours. */
export const DAY = 86_400_000;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
export const FIRST_YEAR = 1;
export const LAST_YEAR = 9999;

/** A calendar date in parts. */
export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The parts of "YYYY-MM-DD"; null when that is no date between the years 1 and 9999. */
export function dateParts(text: string): DateParts | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  if (parts.year < FIRST_YEAR || parts.month < 1 || parts.month > 12) return null;
  return parts.day >= 1 && parts.day <= daysInMonth(parts.year, parts.month) ? parts : null;
}

export function isDate(text: string): boolean {
  return dateParts(text) !== null;
}

/** "YYYY-MM-DD", or null outside the years 1 to 9999. */
export function dateText(parts: DateParts): string | null {
  if (parts.year < FIRST_YEAR || parts.year > LAST_YEAR) return null;
  return `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`;
}

/** Days since 1970-01-01. */
export function dayNumber(parts: DateParts): number {
  return utc(parts.year, parts.month - 1, parts.day) / DAY;
}

/** The date of a number of days since 1970-01-01. */
export function dateOfDay(number: number): DateParts {
  const date = new Date(number * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Months later (or earlier); a day that the month does not have becomes its last. */
export function plusMonths(parts: DateParts, months: number): DateParts {
  const total = parts.year * 12 + (parts.month - 1) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return { year, month, day: Math.min(parts.day, daysInMonth(year, month)) };
}

export type DateUnit = "day" | "week" | "month" | "quarter" | "year";
export const DATE_UNITS: readonly DateUnit[] = ["day", "week", "month", "quarter", "year"];

const START = {
  day: (parts) => parts,
  week: (parts) => dateOfDay(dayNumber(parts) - weekday(parts)),
  month: (parts) => ({ ...parts, day: 1 }),
  quarter: (parts) => ({ year: parts.year, month: parts.month - ((parts.month - 1) % 3), day: 1 }),
  year: (parts) => ({ year: parts.year, month: 1, day: 1 }),
} as const satisfies Record<DateUnit, (parts: DateParts) => DateParts>;

/** The first day of the unit that holds the date; weeks begin on Monday. */
export function startOfUnit(parts: DateParts, unit: DateUnit): DateParts {
  return START[unit](parts);
}

/** 0 on Mondays. 1970-01-01 was a Thursday. */
function weekday(parts: DateParts): number {
  return (((dayNumber(parts) + 3) % 7) + 7) % 7;
}

function daysInMonth(year: number, month: number): number {
  return new Date(utc(year, month, 0)).getUTCDate();
}

/** Date.UTC, without its reading of years below 100 as 19xx. */
function utc(year: number, monthIndex: number, day: number): number {
  return new Date(0).setUTCFullYear(year, monthIndex, day);
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
