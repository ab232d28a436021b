import { finding, isCalendarDate } from "@formwright/model";
import { readDateText } from "../common/date-value.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { writeAsIs } from "../common/text-value.ts";

/** A day of the calendar. */
export const dateKind = fieldKind({
  key: "date",
  label: { en: "Date", "zh-CN": "日期" },
  group: "date",
  icon: "date",
  canBeUnique: true,
  valueSchema: () => ({ type: "string", format: "date" }),
  ruleType: () => "date",
  operators: ["eq", "ne", "gt", "gte", "lt", "lte", "between", "relative", "isEmpty", "notEmpty"],
  checkValue: (value) => (typeof value === "string" && !isCalendarDate(value) ? [finding("impossibleDate", "")] : []),
  readText: (text, _field, context) => readDateText(text, context),
  writeText: writeAsIs,
});
