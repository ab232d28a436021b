import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** Exact; null when one of them is null. */
export const multiply: Operator = {
  key: "*",
  group: "arithmetic",
  label: { en: "times", "zh-CN": "乘" },
  arity: [1, Infinity],
  type: (args) => ({ type: "number", args: args.from(0, "number") }),
  evaluate: (args) => args.map((arg) => asNumber(arg as Value)).reduce((a, b) => a && b && a.times(b)) ?? null,
  toSql: (call, sql) => sql.text`(${sql.join(call.args.map(sql.value), " * ")})`,
};
