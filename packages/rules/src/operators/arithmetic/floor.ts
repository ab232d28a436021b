import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** The largest whole number that is not above it. */
export const floor: Operator = {
  key: "floor",
  group: "arithmetic",
  label: { en: "rounded down", "zh-CN": "向下取整" },
  arity: [1, 1],
  type: (args) => ({ type: "number", args: [args.at(0, "number")] }),
  evaluate: ([value]) => asNumber(value as Value)?.floor() ?? null,
  toSql: (call, sql) => sql.text`floor(${sql.join(call.args.map(sql.value), ", ")})`,
};
