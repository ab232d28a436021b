import type { Operator } from "../../operator.ts";
import { isTrue, type Value } from "../../values/value.ts";

/** True for true; false for false and for null. */
export const isTrueOperator: Operator = {
  key: "!!",
  group: "logic",
  label: { en: "is true", "zh-CN": "为真" },
  arity: [1, 1],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: [args.at(0, "boolean")] }),
  evaluate: ([value]) => isTrue(value as Value),
  toSql: (call, sql) => sql.join(call.args.map(sql.truth), " and "),
  toCondition: (call, sql) => sql.join(call.args.map(sql.condition), " and "),
};
