import type { Node } from "../../node.ts";
import { isNullLiteral } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { isEqual, type Value } from "../../values/value.ts";
import { typeEquality } from "./typing.ts";

/** The opposite of `==`: a value differs from null, null does not differ from null. */
export const notEqual: Operator = {
  key: "!=",
  group: "comparison",
  label: { en: "does not equal", "zh-CN": "不等于" },
  arity: [2, 2],
  isNeverNull: true,
  type: typeEquality,
  evaluate: ([a, b]) => !isEqual(a as Value, b as Value),
  toSql(call, sql) {
    const filled = call.args.filter((arg) => !isNullLiteral(arg));
    if (filled.length === 0) return sql.literal(false, "boolean");
    if (filled.length === 1) return sql.text`(${sql.value(filled[0] as Node)} is not null)`;
    return sql.text`(${sql.value(filled[0] as Node)} is distinct from ${sql.value(filled[1] as Node)})`;
  },
};
