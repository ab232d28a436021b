import type { Operator } from "../../operator.ts";
import { Decimal } from "../../values/decimal.ts";
import { textLength } from "../../values/text.ts";
import { asText, type Value } from "../../values/value.ts";

/** Number of characters (code points); null for null. */
export const length: Operator = {
  key: "length",
  group: "text",
  label: { en: "length", "zh-CN": "长度" },
  arity: [1, 1],
  type: (args) => ({ type: "number", args: [args.at(0, "text")] }),
  evaluate([value]) {
    const text = asText(value as Value);
    return text === null ? null : new Decimal(textLength(text));
  },
  toSql: (call, sql) => sql.text`length(${sql.join(call.args.map(sql.value), ", ")})::numeric`,
};
