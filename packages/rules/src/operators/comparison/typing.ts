import { isNullable, type Node } from "../../node.ts";
import type { Arguments, Operator, Typed } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import type { RuleType } from "../../types.ts";
import { compareValues, type Value } from "../../values/value.ts";

export const SINGLE: readonly RuleType[] = ["text", "number", "boolean", "date", "datetime", "id"];
const ORDERED: readonly RuleType[] = ["text", "number", "date", "datetime"];

/** Two single values of one type. */
export function typeEquality(args: Arguments): Typed {
  const { nodes } = args.unify(args.from(0, ...SINGLE));
  args.checkChoices(nodes);
  return { type: "boolean", args: nodes };
}

/** Values of one type that have an order. */
export function typeOrder(args: Arguments): Typed {
  return { type: "boolean", args: args.unify(args.from(0, ...ORDERED)).nodes };
}

/** Text is ordered by code point, whatever the database's own collation is. */
export function ordered(node: Node, sql: SqlWriter): SqlFragment {
  return node.type === "text" ? sql.text`(${sql.value(node)} collate "C")` : sql.value(node);
}

/** The exact value of a comparison: one with null is false. */
export function exactly(comparison: SqlFragment, args: readonly Node[], sql: SqlWriter): SqlFragment {
  return args.some(isNullable) ? sql.text`coalesce(${comparison}, false)` : comparison;
}

interface Order {
  readonly key: string;
  readonly label: Operator["label"];
  readonly holds: (order: number) => boolean;
  readonly write: (sql: SqlWriter, a: SqlFragment, b: SqlFragment) => SqlFragment;
}

/** The four operators that compare by order differ in these four points only. */
export function orderOperator({ key, label, holds, write }: Order): Operator {
  const compare: NonNullable<Operator["toCondition"]> = (call, sql) =>
    write(sql, ordered(call.args[0] as Node, sql), sql.value(call.args[1] as Node));
  return {
    key,
    group: "comparison",
    label,
    arity: [2, 2],
    isNeverNull: true,
    type: typeOrder,
    evaluate([a, b]) {
      const order = compareValues(a as Value, b as Value);
      return order !== null && holds(order);
    },
    toSql: (call, sql) => exactly(compare(call, sql), call.args, sql),
    toCondition: compare,
  };
}
