import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** Exact; with one argument its negative; null when one of them is null. */
export const subtract: Operator = {
  key: "-",
  group: "arithmetic",
  label: { en: "minus", "zh-CN": "减" },
  arity: [1, 2],
  type: (args) => ({ type: "number", args: args.from(0, "number") }),
  evaluate(args) {
    const [a, b] = args.map((arg) => asNumber(arg as Value));
    if (args.length === 1) return a?.negated() ?? null;
    return a && b ? a.minus(b) : null;
  },
  toSql(call, sql) {
    const [a, b] = call.args as readonly [Node, Node?];
    return b ? sql.text`(${sql.value(a)} - ${sql.value(b)})` : sql.text`(- ${sql.value(a)})`;
  },
};
