import type { Operator } from "../../operator.ts";
import { isTrue, type Value } from "../../values/value.ts";

/** True when all are; null counts as false. */
export const and: Operator = {
  key: "and",
  group: "logic",
  label: { en: "and", "zh-CN": "并且" },
  arity: [1, Infinity],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: args.from(0, "boolean") }),
  evaluate: (args) => args.every((arg) => isTrue(arg as Value)),
  toSql: (call, sql) => sql.text`(${sql.join(call.args.map(sql.truth), " and ")})`,
  toCondition: (call, sql) => sql.text`(${sql.join(call.args.map(sql.condition), " and ")})`,
};
