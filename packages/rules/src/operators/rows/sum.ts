import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { Decimal } from "../../values/decimal.ts";
import { asNumber, asRows, type RowFunction, type Value } from "../../values/value.ts";

/** `[rows, value]`: the value of each row added up. Null is skipped; 0 when there is nothing to add. */
export const sum: Operator = {
  key: "sum",
  group: "rows",
  label: { en: "sum of rows", "zh-CN": "明细求和" },
  arity: [2, 2],
  isNeverNull: true,
  rowArguments: [1],
  type(args) {
    const rows = args.at(0, "records");
    return { type: "number", args: [rows, args.inRow(1, rows, "number")] };
  },
  evaluate: ([rows, value]) =>
    asRows(rows as Value)
      .map((row) => asNumber((value as RowFunction)(row)))
      .reduce<Decimal>((total, item) => (item ? total.plus(item) : total), new Decimal(0)),
  toSql(call, sql) {
    const [rows, value] = call.args as readonly [Node, Node];
    return sql.overRows(rows, (row) => row.text`coalesce(sum(${row.value(value)}), 0)`);
  },
};
