import type { Operator } from "../../operator.ts";
import { isTrue, type Value } from "../../values/value.ts";

/** True when one is; null counts as false. */
export const or: Operator = {
  key: "or",
  group: "logic",
  label: { en: "or", "zh-CN": "或者" },
  arity: [1, Infinity],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: args.from(0, "boolean") }),
  evaluate: (args) => args.some((arg) => isTrue(arg as Value)),
  toSql: (call, sql) => sql.text`(${sql.join(call.args.map(sql.truth), " or ")})`,
  toCondition: (call, sql) => sql.text`(${sql.join(call.args.map(sql.condition), " or ")})`,
};
