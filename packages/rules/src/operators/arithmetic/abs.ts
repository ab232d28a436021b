import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** Without its sign. */
export const abs: Operator = {
  key: "abs",
  group: "arithmetic",
  label: { en: "absolute value", "zh-CN": "绝对值" },
  arity: [1, 1],
  type: (args) => ({ type: "number", args: [args.at(0, "number")] }),
  evaluate: ([value]) => asNumber(value as Value)?.abs() ?? null,
  toSql: (call, sql) => sql.text`abs(${sql.join(call.args.map(sql.value), ", ")})`,
};
