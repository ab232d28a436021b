import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { dateText } from "../../values/date.ts";
import type { Value } from "../../values/value.ts";
import { calendarDate, calendarDateSql } from "./calendar.ts";

/** The date of a moment in the reader's zone. */
export const toDate: Operator = {
  key: "toDate",
  group: "date",
  label: { en: "date of", "zh-CN": "取日期" },
  arity: [1, 1],
  type: (args) => ({ type: "date", args: [args.at(0, "datetime", "date")] }),
  evaluate([value], frame) {
    const date = calendarDate(value as Value, frame);
    return date && dateText(date);
  },
  toSql: (call, sql) => calendarDateSql(call.args[0] as Node, sql),
};
