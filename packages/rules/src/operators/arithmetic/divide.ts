import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { divide as quotient } from "../../values/decimal.ts";
import { asNumber, type Value } from "../../values/value.ts";

/** Rounded half away from zero to 10 places; by zero gives null. */
export const divide: Operator = {
  key: "/",
  group: "arithmetic",
  label: { en: "divided by", "zh-CN": "除以" },
  arity: [2, 2],
  type: (args) => ({ type: "number", args: args.from(0, "number") }),
  evaluate(args) {
    const [a, b] = args.map((arg) => asNumber(arg as Value));
    return a && b ? quotient(a, b) : null;
  },
  toSql(call, sql) {
    const [a, b] = call.args as readonly [Node, Node];
    // PostgreSQL's own `/` chooses its number of places by the size of the operands. div() cuts exactly; halving the
    // doubled quotient with round() then rounds half away from zero, once. See values/decimal.ts for the same steps.
    return sql.text`(round(div(${sql.value(a)} * 20000000000.0, nullif(${sql.value(b)}, 0)) * 0.5) * 0.0000000001)`;
  },
};
