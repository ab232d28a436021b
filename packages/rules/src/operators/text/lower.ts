import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { lowerText } from "../../values/text.ts";
import { asText, type Value } from "../../values/value.ts";
import { lowerSql } from "./folding.ts";

/** For Latin, Greek and Cyrillic letters that have one upper case letter; all others stay. */
export const lower: Operator = {
  key: "lower",
  group: "text",
  label: { en: "lower case", "zh-CN": "小写" },
  arity: [1, 1],
  type: (args) => ({ type: "text", args: [args.at(0, "text")] }),
  evaluate([value]) {
    const text = asText(value as Value);
    return text === null ? null : lowerText(text);
  },
  toSql: (call, sql) => lowerSql(sql.value(call.args[0] as Node), sql),
};
