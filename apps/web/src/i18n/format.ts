import type { Locale } from "@formwright/model";
import { useMemo } from "react";
import { useMe } from "../model/workspace-context.tsx";
import { type Translate, useLocale, useT } from "./locale.ts";

export interface Format {
  /** "2026-03-01 14:05" in the member's zone. */
  dateTime(iso: string): string;
  /** "14:05" today, "yesterday 14:05", else the date. */
  moment(iso: string): string;
  /** "3 days" from then until now. */
  duration(iso: string): string;
  /** The member's day of a moment: "2026-03-01". */
  day(iso: string): string;
  number(value: number): string;
}

/** Dates, times and figures in the reader's language and zone. */
export function useFormat(): Format {
  const locale = useLocale();
  const t = useT();
  const { timeZone } = useMe();
  return useMemo(() => createFormat(locale, timeZone, t), [locale, timeZone, t]);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function createFormat(locale: Locale, timeZone: string, t: Translate, now: () => number = Date.now): Format {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const dateTime = (iso: string) => parts.format(new Date(iso));
  const day = (iso: string) => dateTime(iso).slice(0, 10);
  return {
    dateTime,
    day,
    moment(iso) {
      const full = dateTime(iso);
      const today = day(new Date(now()).toISOString());
      if (full.startsWith(today)) return full.slice(11);
      if (full.startsWith(day(new Date(now() - DAY).toISOString())))
        return `${t("common.yesterday")} ${full.slice(11)}`;
      return full;
    },
    duration(iso) {
      const past = Math.max(0, now() - Date.parse(iso));
      if (past < HOUR) return t("common.minutes", { n: Math.max(1, Math.round(past / MINUTE)) });
      if (past < 2 * DAY) return t("common.hours", { n: Math.round(past / HOUR) });
      return t("common.days", { n: Math.round(past / DAY) });
    },
    number: (value) => numbers.format(value),
  };
}
