import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { dayNumber } from "../../values/date.ts";
import { Decimal } from "../../values/decimal.ts";
import type { Value } from "../../values/value.ts";
import { calendarDate, calendarDateSql } from "./calendar.ts";

/** Days from the first date to the second, negative when it is earlier; of moments the dates in the reader's zone count. */
export const daysBetween: Operator = {
  key: "daysBetween",
  group: "date",
  label: { en: "days between", "zh-CN": "相差天数" },
  arity: [2, 2],
  type: (args) => ({ type: "number", args: args.from(0, "date", "datetime") }),
  evaluate(args, frame) {
    const [from, to] = args.map((arg) => calendarDate(arg as Value, frame));
    return from && to ? new Decimal(dayNumber(to) - dayNumber(from)) : null;
  },
  toSql(call, sql) {
    const [from, to] = call.args as readonly [Node, Node];
    return sql.text`(${calendarDateSql(to, sql)} - ${calendarDateSql(from, sql)})::numeric`;
  },
};
