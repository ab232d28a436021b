import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** Exact; null when one of them is null (`sum` over rows skips null, `coalesce` fills in for it). */
export const add: Operator = {
  key: "+",
  group: "arithmetic",
  label: { en: "plus", "zh-CN": "加" },
  arity: [1, Infinity],
  type: (args) => ({ type: "number", args: args.from(0, "number") }),
  evaluate: (args) => args.map((arg) => asNumber(arg as Value)).reduce((a, b) => a && b && a.plus(b)) ?? null,
  toSql: (call, sql) => sql.text`(${sql.join(call.args.map(sql.value), " + ")})`,
};
