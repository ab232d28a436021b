import { finding, isCalendarDate } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { unread } from "../common/text-value.ts";
import { readInstant, writeInstant } from "./instant-text.ts";

/** A moment: a date with a time, kept with its offset. */
export const datetimeKind = fieldKind({
  key: "datetime",
  label: { en: "Date and time", "zh-CN": "日期时间" },
  group: "date",
  icon: "datetime",
  valueSchema: () => ({ type: "string", format: "date-time" }),
  ruleType: () => "datetime",
  operators: ["gt", "gte", "lt", "lte", "between", "relative", "isEmpty", "notEmpty"],
  checkValue: (value) =>
    typeof value === "string" && (!isCalendarDate(value.slice(0, 10)) || Number.isNaN(Date.parse(value)))
      ? [finding("impossibleDate", "")]
      : [],
  readText(text, _field, context) {
    if (text.trim() === "") return { ok: true, value: null };
    const read = readInstant(text.trim(), context);
    return read.ok ? { ok: true, value: read.instant } : unread(read.code, text.trim());
  },
  writeText: (value, _field, context) => (typeof value === "string" ? writeInstant(value, context.timeZone) : ""),
});
