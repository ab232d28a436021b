import { type CallNode, isNullable, isNullLiteral, type Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { isEqual, type Value } from "../../values/value.ts";
import { typeEquality } from "./typing.ts";

/** Null equals null and nothing else. */
export const equal: Operator = {
  key: "==",
  group: "comparison",
  label: { en: "equals", "zh-CN": "等于" },
  arity: [2, 2],
  isNeverNull: true,
  type: typeEquality,
  evaluate: ([a, b]) => isEqual(a as Value, b as Value),
  toSql: (call, sql) =>
    isNull(call, sql) ?? write(call, (a, b) => sql.text`(${sql.value(a)} is not distinct from ${sql.value(b)})`),
  toCondition(call, sql) {
    if (call.args.some(isNullLiteral) || call.args.every(isNullable)) return equal.toSql(call, sql);
    return write(call, (a, b) => sql.text`(${sql.value(a)} = ${sql.value(b)})`);
  },
};

function isNull(call: CallNode, sql: SqlWriter): SqlFragment | null {
  if (!call.args.some(isNullLiteral)) return null;
  const other = call.args.find((arg) => !isNullLiteral(arg));
  return other ? sql.text`(${sql.value(other)} is null)` : sql.literal(true, "boolean");
}

function write(call: CallNode, pair: (a: Node, b: Node) => SqlFragment): SqlFragment {
  return pair(call.args[0] as Node, call.args[1] as Node);
}
