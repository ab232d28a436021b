import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** What is left of a division by a whole number of times; it has the sign of the first. By zero gives null. */
export const remainder: Operator = {
  key: "%",
  group: "arithmetic",
  label: { en: "remainder", "zh-CN": "取余" },
  arity: [2, 2],
  type: (args) => ({ type: "number", args: args.from(0, "number") }),
  evaluate(args) {
    const [a, b] = args.map((arg) => asNumber(arg as Value));
    return a && b && !b.isZero() ? a.mod(b) : null;
  },
  toSql(call, sql) {
    const [a, b] = call.args as readonly [Node, Node];
    return sql.text`(${sql.value(a)} % nullif(${sql.value(b)}, 0))`;
  },
};
