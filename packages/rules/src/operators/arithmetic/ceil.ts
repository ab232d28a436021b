import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** The smallest whole number that is not below it. */
export const ceil: Operator = {
  key: "ceil",
  group: "arithmetic",
  label: { en: "rounded up", "zh-CN": "向上取整" },
  arity: [1, 1],
  type: (args) => ({ type: "number", args: [args.at(0, "number")] }),
  evaluate: ([value]) => asNumber(value as Value)?.ceil() ?? null,
  toSql: (call, sql) => sql.text`ceil(${sql.join(call.args.map(sql.value), ", ")})`,
};
