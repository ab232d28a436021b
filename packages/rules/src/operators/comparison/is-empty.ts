import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import type { RuleType } from "../../types.ts";
import { isEmptyValue, type Value } from "../../values/value.ts";

/** Null, empty text, an empty list, no rows. Zero and false are not empty. */
export const isEmpty: Operator = {
  key: "isEmpty",
  group: "comparison",
  label: { en: "is empty", "zh-CN": "为空" },
  arity: [1, 1],
  isNeverNull: true,
  type: (args) => ({ type: "boolean", args: [args.at(0)] }),
  evaluate: ([value]) => isEmptyValue(value as Value),
  toSql(call, sql) {
    const node = call.args[0] as Node;
    return (WAYS[node.type as RuleType] ?? isNull)(node, sql);
  },
};

const isNull = (node: Node, sql: SqlWriter): SqlFragment => sql.text`(${sql.value(node)} is null)`;
const isEmptyList = (node: Node, sql: SqlWriter): SqlFragment =>
  sql.text`(coalesce(cardinality(${sql.value(node)}), 0) = 0)`;

const WAYS: { readonly [T in RuleType]?: (node: Node, sql: SqlWriter) => SqlFragment } = {
  text: (node, sql) => sql.text`(coalesce(${sql.value(node)}, '') = '')`,
  textList: isEmptyList,
  idList: isEmptyList,
  records: (node, sql) => sql.text`(${sql.overRows(node, (row) => row.text`count(*)`)} = 0)`,
};
