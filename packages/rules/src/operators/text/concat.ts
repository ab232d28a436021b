import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { Decimal, decimalText } from "../../values/decimal.ts";
import { asText, type Value } from "../../values/value.ts";

/** Texts and numbers one after the other; null adds nothing. Numbers come without trailing zeros. */
export const concat: Operator = {
  key: "concat",
  group: "text",
  label: { en: "join texts", "zh-CN": "拼接" },
  arity: [1, Infinity],
  isNeverNull: true,
  type: (args) => ({ type: "text", args: args.from(0, "text", "number") }),
  evaluate: (args) => args.map((arg) => textOf(arg as Value)).join(""),
  toSql: (call, sql) =>
    sql.text`(${sql.join(
      call.args.map((arg) => textSql(arg, sql)),
      " || ",
    )})`,
};

function textOf(value: Value): string {
  return value instanceof Decimal ? decimalText(value) : (asText(value) ?? "");
}

function textSql(node: Node, sql: SqlWriter): SqlFragment {
  const text = node.type === "number" ? sql.text`trim_scale(${sql.value(node)})::text` : sql.value(node);
  return sql.text`coalesce(${text}, '')`;
}
