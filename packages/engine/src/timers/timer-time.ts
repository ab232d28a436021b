import { DateTime, Duration } from "luxon";

/** A duration in two parts: calendar units move the local date, the rest is exact time. */
export interface SplitDuration {
  readonly calendar: { readonly years: number; readonly months: number; readonly days: number };
  readonly exact: { readonly hours: number; readonly minutes: number; readonly seconds: number };
  readonly isNegative: boolean;
}

/**
 * Reads an ISO 8601 duration, a leading minus included ("-PT1H", "P1M", "P1W").
 *
 * @throws RangeError when it is none
 */
export function splitDuration(iso: string): SplitDuration {
  const duration = Duration.fromISO(iso);
  if (!duration.isValid) throw new RangeError(`not an ISO 8601 duration: ${iso}`);
  const { years, months, weeks, days, hours, minutes, seconds } = duration;
  return {
    calendar: { years, months, days: days + 7 * weeks },
    exact: { hours, minutes, seconds },
    isNegative: [years, months, weeks, days, hours, minutes, seconds].some((part) => part < 0),
  };
}

export interface DateRule {
  /** ISO 8601 duration, negative for before. */
  readonly offset: string;
  /** Local time of day "HH:MM". For dates 09:00 when absent; for datetimes it replaces their time of day. */
  readonly at?: string | undefined;
}

const DEFAULT_AT = "09:00";

/** What time a value itself stands for: the instant of a datetime, a date at the rule's time of day. */
export function momentOf(value: string, rule: DateRule, timeZone: string): DateTime {
  const isDate = value.length === 10;
  const local = DateTime.fromISO(value, { zone: timeZone });
  if (!isDate && rule.at === undefined) return local;
  const [hour = 0, minute = 0] = (rule.at ?? DEFAULT_AT).split(":").map(Number);
  return local.set({ hour, minute, second: 0, millisecond: 0 });
}

/**
 * When a rule relative to a date rings. Days, months and years are counted on the calendar of `timeZone` (a month
 * after 31 January is the last of February; "09:00" stays 09:00 across a clock change), hours and minutes exactly.
 * A local time that a clock change leaves out moves forward.
 *
 * @param value a date (YYYY-MM-DD) or an instant (ISO 8601)
 * @returns ISO 8601 UTC, or null when the value is no date
 */
export function dateTimerAt(value: string, rule: DateRule, timeZone: string): string | null {
  return remembered([value, rule.offset, rule.at ?? "", timeZone], () => countedFrom(value, rule, timeZone));
}

function countedFrom(value: string, rule: DateRule, timeZone: string): string | null {
  const moment = momentOf(value, rule, timeZone);
  if (!moment.isValid) return null;
  const { calendar, exact } = splitDuration(rule.offset);
  const moved = moment.plus(calendar);
  // Adding days may land in a gap that only the time of day on that date resolves.
  const settled = moved.set({ hour: moment.hour, minute: moment.minute });
  return toUtc(settled.plus(exact));
}

/**
 * Should a reminder that would ring at `due` still be set now? Yes while it lies ahead; and when it rings before its
 * moment, as long as that moment is ahead: "an hour before" a call in ten minutes rings at once. Never for the past.
 */
export function isStillUseful(due: string, value: string, rule: DateRule, timeZone: string, now: string): boolean {
  if (Date.parse(due) >= Date.parse(now)) return true;
  return splitDuration(rule.offset).isNegative && momentOf(value, rule, timeZone).toMillis() >= Date.parse(now);
}

/** An instant and a duration, counted on the calendar of the zone. */
export function after(instant: string, duration: string, timeZone: string): string {
  return remembered(["after", instant, duration, timeZone], () => {
    const { calendar, exact } = splitDuration(duration);
    return toUtc(DateTime.fromISO(instant, { zone: timeZone }).plus(calendar).plus(exact));
  });
}

const MOST_REMEMBERED = 2_000;
const answers = new Map<string, unknown>();

/** Calendar arithmetic is slow, and a bulk write asks the same for each of its rows. */
function remembered<T>(question: readonly string[], answer: () => T): T {
  const key = question.join("|");
  if (answers.has(key)) return answers.get(key) as T;
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  const found = answer();
  answers.set(key, found);
  return found;
}

function toUtc(moment: DateTime): string {
  return moment.toUTC().toJSDate().toISOString();
}
