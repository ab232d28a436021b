import type { LiteralNode, Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { DATE_UNITS, type DateUnit, dateText, startOfUnit } from "../../values/date.ts";
import type { Value } from "../../values/value.ts";
import { calendarDate, calendarDateSql } from "./calendar.ts";

/** `[date, unit]`: the first day of the day, week (from Monday), month, quarter or year that holds the date. */
export const startOf: Operator = {
  key: "startOf",
  group: "date",
  label: { en: "start of", "zh-CN": "所在周期首日" },
  arity: [2, 2],
  type(args) {
    args.constant(1, isUnit);
    return { type: "date", args: [args.at(0, "date", "datetime"), args.at(1, "text")] };
  },
  evaluate([value, unit], frame) {
    const date = calendarDate(value as Value, frame);
    return date && isUnit(unit) ? dateText(startOfUnit(date, unit)) : null;
  },
  toSql(call, sql) {
    const [date, unit] = call.args as readonly [Node, LiteralNode];
    const name = sql.literal(unit.value as DateUnit, "text");
    return sql.text`date_trunc(${name}, ${calendarDateSql(date, sql)}::timestamp)::date`;
  },
};

function isUnit(value: unknown): value is DateUnit {
  return (DATE_UNITS as readonly unknown[]).includes(value);
}
