import { isNullable, type Node } from "../../node.ts";
import type { Arguments, Typed } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";

/** Two lists of one type. */
export function typeLists(args: Arguments): Typed {
  const { nodes } = args.unify(args.from(0, "textList", "idList"));
  args.checkChoices(nodes);
  return { type: "boolean", args: nodes };
}

/** The list, empty for null. An index cannot serve it in this form. */
export function filledList(node: Node, sql: SqlWriter): SqlFragment {
  return isNullable(node) ? sql.text`coalesce(${sql.value(node)}, '{}')` : sql.value(node);
}
