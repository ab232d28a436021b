import type { TextContext } from "@formwright/model";
import { DateTime } from "luxon";
import { readDateAtStart } from "../common/date-value.ts";

export type ReadInstant =
  | { readonly ok: true; readonly instant: string }
  | { readonly ok: false; readonly code: "notDatetime" | "ambiguousDate" | "impossibleDate" };

const TIME =
  /^T?\s*(上午|下午|中午|凌晨|晚上)?\s*(\d{1,2})(?:[:时点](\d{1,2}))?(?:[:分](\d{1,2})(?:[.,](\d{1,6}))?)?\s*[秒分时]?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a moment as people, spreadsheets and programs write it. Without an offset the time is that of the reader's zone;
 * without a time it is midnight there.
 *
 * @returns the moment as ISO 8601 in UTC
 */
export function readInstant(text: string, context: Pick<TextContext, "timeZone" | "dateOrder">): ReadInstant {
  const date = readDateAtStart(text, context.dateOrder);
  if (!date.ok) return { ok: false, code: date.code === "notDate" ? "notDatetime" : date.code };
  const time = timeOf(date.rest);
  if (!time) return { ok: false, code: "notDatetime" };
  const local = DateTime.fromISO(`${date.date}T${time.clock}${time.offset}`, { zone: context.timeZone });
  return local.isValid
    ? { ok: true, instant: local.toUTC().toJSDate().toISOString() }
    : { ok: false, code: "notDatetime" };
}

function timeOf(text: string): { clock: string; offset: string } | null {
  if (text === "") return { clock: "00:00:00", offset: "" };
  const match = TIME.exec(text);
  if (!match) return null;
  const [, before, hours, minutes, seconds, fraction, after, zone] = match;
  if (minutes === undefined && !before && !after) return null;
  const hour = hourOf(Number(hours), (before ?? after ?? "").toLowerCase().replaceAll(".", ""));
  if (hour === null || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return null;
  const two = (part: string | number | undefined) => String(part ?? 0).padStart(2, "0");
  const clock = `${two(hour)}:${two(minutes)}:${two(seconds)}.${(fraction ?? "0").padEnd(3, "0").slice(0, 3)}`;
  return { clock, offset: offsetOf(zone) };
}

const AFTERNOON = new Set(["pm", "下午", "晚上"]);
const MORNING = new Set(["am", "上午", "凌晨"]);

function hourOf(hour: number, half: string): number | null {
  if (AFTERNOON.has(half)) return hour < 12 ? hour + 12 : hour > 23 ? null : hour;
  if (MORNING.has(half)) return hour === 12 ? 0 : hour > 12 ? null : hour;
  return hour > 23 ? null : hour;
}

function offsetOf(zone: string | undefined): string {
  if (!zone) return "";
  if (/^(z|utc|gmt)$/i.test(zone)) return "Z";
  return zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/**
 * A moment as `2026-03-31 09:30` in the zone; seconds and milliseconds only when there are any,
 * the offset only where the clock alone would be ambiguous (the hour that comes twice when clocks go back).
 */
export function writeInstant(instant: string, timeZone: string): string {
  const local = DateTime.fromISO(instant, { zone: timeZone });
  if (!local.isValid) return instant;
  const seconds = local.millisecond ? ":ss.SSS" : local.second ? ":ss" : "";
  const text = local.toFormat(`yyyy-MM-dd HH:mm${seconds}`);
  const back = readInstant(text, { timeZone });
  return back.ok && Date.parse(back.instant) === local.toMillis()
    ? text
    : local.toFormat(`yyyy-MM-dd HH:mm${seconds} ZZ`);
}
