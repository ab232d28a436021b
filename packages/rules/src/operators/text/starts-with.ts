import type { CallNode, Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { lowerText } from "../../values/text.ts";
import { asText, type Value } from "../../values/value.ts";
import { exactly } from "../comparison/typing.ts";
import { lowerSql, matchesConstant } from "./folding.ts";

/** The text begins with the part, in any case. False when one is null. */
export const startsWith: Operator = {
  key: "startsWith",
  group: "text",
  label: { en: "starts with", "zh-CN": "开头是" },
  arity: [2, 2],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: args.from(0, "text") }),
  evaluate(args) {
    const [text, part] = args.map((arg) => asText(arg as Value));
    return typeof text === "string" && typeof part === "string" && lowerText(text).startsWith(lowerText(part));
  },
  toSql: (call, sql) => exactly(matches(call, sql), call.args, sql),
  toCondition: matches,
};

function matches(call: CallNode, sql: SqlWriter): SqlFragment {
  const [text, part] = call.args as readonly [Node, Node];
  if (part.kind === "literal" && typeof part.value === "string")
    return matchesConstant(sql.value(text), part.value, "after", sql);
  return sql.text`(strpos(${lowerSql(sql.value(text), sql)}, ${lowerSql(sql.value(part), sql)}) = 1)`;
}
