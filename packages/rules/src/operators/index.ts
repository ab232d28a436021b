import type { Operator } from "../operator.ts";
import { abs } from "./arithmetic/abs.ts";
import { add } from "./arithmetic/add.ts";
import { ceil } from "./arithmetic/ceil.ts";
import { divide } from "./arithmetic/divide.ts";
import { floor } from "./arithmetic/floor.ts";
import { max } from "./arithmetic/max.ts";
import { min } from "./arithmetic/min.ts";
import { multiply } from "./arithmetic/multiply.ts";
import { remainder } from "./arithmetic/remainder.ts";
import { round } from "./arithmetic/round.ts";
import { subtract } from "./arithmetic/subtract.ts";
import { between } from "./comparison/between.ts";
import { equal } from "./comparison/equal.ts";
import { greater } from "./comparison/greater.ts";
import { greaterOrEqual } from "./comparison/greater-or-equal.ts";
import { inOperator } from "./comparison/in.ts";
import { isEmpty } from "./comparison/is-empty.ts";
import { less } from "./comparison/less.ts";
import { lessOrEqual } from "./comparison/less-or-equal.ts";
import { notEqual } from "./comparison/not-equal.ts";
import { addDays } from "./date/add-days.ts";
import { addMonths } from "./date/add-months.ts";
import { day } from "./date/day.ts";
import { daysBetween } from "./date/days-between.ts";
import { month } from "./date/month.ts";
import { startOf } from "./date/start-of.ts";
import { toDate } from "./date/to-date.ts";
import { year } from "./date/year.ts";
import { me } from "./environment/me.ts";
import { myDepartment } from "./environment/my-department.ts";
import { now } from "./environment/now.ts";
import { today } from "./environment/today.ts";
import { hasAll } from "./list/has-all.ts";
import { hasAny } from "./list/has-any.ts";
import { and } from "./logic/and.ts";
import { coalesce } from "./logic/coalesce.ts";
import { ifOperator } from "./logic/if.ts";
import { isTrueOperator } from "./logic/is-true.ts";
import { not } from "./logic/not.ts";
import { or } from "./logic/or.ts";
import { all } from "./rows/all.ts";
import { count } from "./rows/count.ts";
import { none } from "./rows/none.ts";
import { some } from "./rows/some.ts";
import { sum } from "./rows/sum.ts";
import { concat } from "./text/concat.ts";
import { contains } from "./text/contains.ts";
import { length } from "./text/length.ts";
import { lower } from "./text/lower.ts";
import { startsWith } from "./text/starts-with.ts";
import { substr } from "./text/substr.ts";
import { upper } from "./text/upper.ts";

/** Every operator of the dialect but `var`; nothing else is let through. */
export const OPERATORS = {
  and,
  or,
  "!": not,
  "!!": isTrueOperator,
  if: ifOperator,
  coalesce,
  "==": equal,
  "!=": notEqual,
  "<": less,
  "<=": lessOrEqual,
  ">": greater,
  ">=": greaterOrEqual,
  between,
  in: inOperator,
  isEmpty,
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "%": remainder,
  min,
  max,
  abs,
  round,
  floor,
  ceil,
  concat,
  lower,
  upper,
  length,
  contains,
  startsWith,
  substr,
  addDays,
  addMonths,
  daysBetween,
  startOf,
  toDate,
  year,
  month,
  day,
  hasAny,
  hasAll,
  sum,
  count,
  some,
  all,
  none,
  today,
  now,
  me,
  myDepartment,
} as const satisfies Record<string, Operator>;

export type OperatorKey = keyof typeof OPERATORS;

/** The operator of that name; null when there is none. */
export function operatorOf(key: string): Operator | null {
  return Object.hasOwn(OPERATORS, key) ? OPERATORS[key as OperatorKey] : null;
}
