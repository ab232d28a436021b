import { type CallNode, isNullLiteral, type ListNode, type LiteralNode, type Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlType, SqlWriter } from "../../sql-writer.ts";
import type { RuleType } from "../../types.ts";
import { asList, isEqual, type Value } from "../../values/value.ts";
import { exactly, SINGLE } from "./typing.ts";

/** The value is one of a list, written in the rule or kept in a field. Null is in no list. */
export const inOperator: Operator = {
  key: "in",
  group: "comparison",
  label: { en: "is one of", "zh-CN": "属于" },
  arity: [2, 2],
  isNeverNull: true,
  type(args) {
    const items = args.items(1);
    if (items) {
      const { type, nodes } = args.unify([args.at(0, ...SINGLE), ...items]);
      args.checkChoices(nodes);
      const list: ListNode = { kind: "list", type, pointer: "", items: nodes.slice(1) };
      return { type: "boolean", args: [nodes[0] as Node, list] };
    }
    const list = args.at(1, "textList", "idList");
    return { type: "boolean", args: [args.at(0, list.type === "idList" ? "id" : "text"), list] };
  },
  evaluate: ([value, list]) => value !== null && asList(list as Value).some((item) => isEqual(item, value as Value)),
  toSql: (call, sql) => exactly(isMember(call, sql), call.args.flatMap(members), sql),
  toCondition: isMember,
};

function isMember(call: CallNode, sql: SqlWriter): SqlFragment {
  const [value, list] = call.args as readonly [Node, Node];
  if (list.kind !== "list") {
    // Written this way round, an index over the list's items serves it.
    return sql.text`(${sql.value(list)} @> array[${sql.value(value)}])`;
  }
  const items = list.items.filter((item) => !isNullLiteral(item));
  if (items.length === 0) return sql.literal(false, "boolean");
  const array = constantArray(items, sql);
  if (array) return sql.text`(${sql.value(value)} = any(${array}))`;
  return sql.text`(${sql.value(value)} in (${sql.join(items.map(sql.value), ", ")}))`;
}

const ARRAY_OF: { readonly [T in RuleType]?: SqlType } = { text: "text[]", id: "uuid[]" };

/** Constants travel as one parameter, so that the statement is the same however many there are. */
function constantArray(items: readonly Node[], sql: SqlWriter): SqlFragment | null {
  const type = ARRAY_OF[items[0]?.type as RuleType];
  if (!type || !items.every((item) => item.kind === "literal")) return null;
  return sql.literal(
    items.map((item) => (item as LiteralNode).value as string),
    type,
  );
}

function members(node: Node): readonly Node[] {
  return node.kind === "list" ? node.items : [node];
}
