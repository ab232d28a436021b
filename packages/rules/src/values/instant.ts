import { IANAZone } from "luxon";
import { DAY, type DateParts, dateOfDay, dateParts, dateText, dayNumber, pad } from "./date.ts";

const PATTERN = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)$/;

/** A moment, exact to the microsecond as PostgreSQL keeps it. */
export class Instant {
  /** Whole milliseconds since 1970-01-01T00:00Z. */
  readonly milliseconds: number;
  /** 0 to 999, beyond the milliseconds. */
  readonly microseconds: number;

  constructor(milliseconds: number, microseconds = 0) {
    this.milliseconds = milliseconds;
    this.microseconds = microseconds;
  }

  compare(other: Instant): number {
    return Math.sign(this.milliseconds - other.milliseconds || this.microseconds - other.microseconds);
  }

  /** ISO 8601 in UTC, with milliseconds (and microseconds when there are any). */
  toText(): string {
    const text = new Date(this.milliseconds).toISOString();
    return this.microseconds ? text.replace("Z", `${pad(this.microseconds, 3)}Z`) : text;
  }
}

const FIRST = Date.parse("0001-01-01T00:00:00Z");
const END = Date.parse("+010000-01-01T00:00:00Z");

/** Reads ISO 8601 with an offset (and what PostgreSQL prints); null for anything else. */
export function readInstant(text: string): Instant | null {
  const match = PATTERN.exec(text);
  const day = match?.[1] ? dateParts(match[1]) : null;
  if (!match || !day) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  const offset = readOffset(match[6] ?? "Z");
  if (hour > 23 || minute > 59 || second > 59 || offset === null) return null;
  const fraction = (match[5] ?? "").padEnd(6, "0");
  const local = dayNumber(day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.slice(0, 3));
  return inRange(new Instant(local - offset * 60_000, Number(fraction.slice(3))));
}

/** Minutes east of UTC. */
function readOffset(text: string): number | null {
  if (text === "Z") return 0;
  const digits = text.slice(1).replace(":", "");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || 0)];
  if (hours > 15 || minutes > 59) return null;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** null outside the years 1 to 9999. */
export function inRange(instant: Instant): Instant | null {
  return instant.milliseconds >= FIRST && instant.milliseconds < END ? instant : null;
}

/** A moment as a clock on the wall shows it. */
export interface LocalTime {
  readonly date: DateParts;
  /** Since midnight on the wall. */
  readonly milliseconds: number;
}

export function toLocal(instant: Instant, timeZone: string): LocalTime {
  const local = instant.milliseconds + offsetAt(instant.milliseconds, timeZone);
  const day = Math.floor(local / DAY);
  return { date: dateOfDay(day), milliseconds: local - day * DAY };
}

/** The date in the zone, or null outside the years 1 to 9999. */
export function localDate(instant: Instant, timeZone: string): string | null {
  return dateText(toLocal(instant, timeZone).date);
}

/**
 * The moment when a clock on the wall shows this. Where clocks go forward, a time that does not exist is read with
 * the offset from before; where they go back, one that comes twice means the second. That is how PostgreSQL's
 * AT TIME ZONE resolves both (DetermineTimeZoneOffset in its datetime.c).
 */
export function fromLocal(local: LocalTime, timeZone: string, microseconds = 0): Instant | null {
  const wall = dayNumber(local.date) * DAY + local.milliseconds;
  const before = wall - offsetAt(wall - DAY, timeZone);
  const after = wall - offsetAt(wall + DAY, timeZone);
  const isAfter = after + offsetAt(after, timeZone) === wall;
  return inRange(new Instant(isAfter ? after : before, microseconds));
}

/** Milliseconds that the zone is ahead of UTC at that moment. */
function offsetAt(milliseconds: number, timeZone: string): number {
  return Math.round(zoneOf(timeZone).offset(milliseconds) * 60_000);
}

function zoneOf(name: string): IANAZone {
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new RangeError(`"${name}" is not a time zone`);
  return zone;
}
