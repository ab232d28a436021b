import type { Operator } from "../../operator.ts";
import { isTrue, type Value } from "../../values/value.ts";

/** True for false and for null. Emptiness of other types has an operator of its own: isEmpty. */
export const not: Operator = {
  key: "!",
  group: "logic",
  label: { en: "not", "zh-CN": "非" },
  arity: [1, 1],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: [args.at(0, "boolean")] }),
  evaluate: ([value]) => !isTrue(value as Value),
  toSql: (call, sql) => sql.text`(not ${sql.join(call.args.map(sql.truth), " and ")})`,
};
