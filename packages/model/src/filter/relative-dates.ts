import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

/** A span of days around today, both ends included; one end may be open. */
export interface RelativeDates {
  readonly key: string;
  readonly label: LocalText;
  readonly from: Rule | null;
  readonly to: Rule | null;
}

const TODAY: Rule = { today: [] };
const inDays = (days: number): Rule => ({ addDays: [TODAY, days] });
const startOf = (unit: string, date: Rule = TODAY): Rule => ({ startOf: [date, unit] });

/** The first day of the unit that is `steps` units away, and the day before the next one begins. */
function unit(name: string, months: number | null, steps: number): Pick<RelativeDates, "from" | "to"> {
  const shift = (by: number): Rule => {
    if (by === 0) return startOf(name);
    return months === null ? { addDays: [startOf(name), 7 * by] } : { addMonths: [startOf(name), months * by] };
  };
  return { from: shift(steps), to: { addDays: [shift(steps + 1), -1] } };
}

/** The spans that the filter builder offers, in the order that it shows them. */
export const RELATIVE_DATES: readonly RelativeDates[] = [
  { key: "today", label: { en: "today", "zh-CN": "今天" }, from: TODAY, to: TODAY },
  { key: "yesterday", label: { en: "yesterday", "zh-CN": "昨天" }, from: inDays(-1), to: inDays(-1) },
  { key: "tomorrow", label: { en: "tomorrow", "zh-CN": "明天" }, from: inDays(1), to: inDays(1) },
  { key: "past", label: { en: "before today", "zh-CN": "今天之前" }, from: null, to: inDays(-1) },
  { key: "future", label: { en: "after today", "zh-CN": "今天之后" }, from: inDays(1), to: null },
  { key: "untilToday", label: { en: "today or before", "zh-CN": "今天及之前" }, from: null, to: TODAY },
  { key: "fromToday", label: { en: "today or after", "zh-CN": "今天及之后" }, from: TODAY, to: null },
  { key: "thisWeek", label: { en: "this week", "zh-CN": "本周" }, ...unit("week", null, 0) },
  { key: "lastWeek", label: { en: "last week", "zh-CN": "上周" }, ...unit("week", null, -1) },
  { key: "nextWeek", label: { en: "next week", "zh-CN": "下周" }, ...unit("week", null, 1) },
  { key: "thisMonth", label: { en: "this month", "zh-CN": "本月" }, ...unit("month", 1, 0) },
  { key: "lastMonth", label: { en: "last month", "zh-CN": "上月" }, ...unit("month", 1, -1) },
  { key: "nextMonth", label: { en: "next month", "zh-CN": "下月" }, ...unit("month", 1, 1) },
  { key: "thisQuarter", label: { en: "this quarter", "zh-CN": "本季度" }, ...unit("quarter", 3, 0) },
  { key: "lastQuarter", label: { en: "last quarter", "zh-CN": "上季度" }, ...unit("quarter", 3, -1) },
  { key: "thisYear", label: { en: "this year", "zh-CN": "今年" }, ...unit("year", 12, 0) },
  { key: "lastYear", label: { en: "last year", "zh-CN": "去年" }, ...unit("year", 12, -1) },
  { key: "last7Days", label: { en: "the last 7 days", "zh-CN": "最近 7 天" }, from: inDays(-6), to: TODAY },
  { key: "last30Days", label: { en: "the last 30 days", "zh-CN": "最近 30 天" }, from: inDays(-29), to: TODAY },
  { key: "last90Days", label: { en: "the last 90 days", "zh-CN": "最近 90 天" }, from: inDays(-89), to: TODAY },
  { key: "next7Days", label: { en: "the next 7 days", "zh-CN": "未来 7 天" }, from: TODAY, to: inDays(6) },
  { key: "next30Days", label: { en: "the next 30 days", "zh-CN": "未来 30 天" }, from: TODAY, to: inDays(29) },
  { key: "next90Days", label: { en: "the next 90 days", "zh-CN": "未来 90 天" }, from: TODAY, to: inDays(89) },
];
