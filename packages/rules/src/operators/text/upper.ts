import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { upperText } from "../../values/text.ts";
import { asText, type Value } from "../../values/value.ts";
import { upperSql } from "./folding.ts";

/** For Latin, Greek and Cyrillic letters that have one lower case letter; all others stay. */
export const upper: Operator = {
  key: "upper",
  group: "text",
  label: { en: "upper case", "zh-CN": "大写" },
  arity: [1, 1],
  type: (args) => ({ type: "text", args: [args.at(0, "text")] }),
  evaluate([value]) {
    const text = asText(value as Value);
    return text === null ? null : upperText(text);
  },
  toSql: (call, sql) => upperSql(sql.value(call.args[0] as Node), sql),
};
