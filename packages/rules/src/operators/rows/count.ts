import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { Decimal } from "../../values/decimal.ts";
import { asList, asRows, isTrue, type RowFunction, type Value } from "../../values/value.ts";

/** `[rows, condition?]`: how many rows (for which the condition holds); or how many items a list has. 0 for null. */
export const count: Operator = {
  key: "count",
  group: "rows",
  label: { en: "number of rows", "zh-CN": "明细计数" },
  arity: [1, 2],
  isNeverNull: true,
  rowArguments: [1],
  type(args) {
    if (args.count === 1) return { type: "number", args: [args.at(0, "records", "textList", "idList")] };
    const rows = args.at(0, "records");
    return { type: "number", args: [rows, args.inRow(1, rows, "boolean")] };
  },
  evaluate([value, condition]) {
    if (typeof condition !== "function") return new Decimal(asList(value as Value).length);
    return new Decimal(asRows(value as Value).filter((row) => isTrue((condition as RowFunction)(row))).length);
  },
  toSql(call, sql) {
    const [value, condition] = call.args as readonly [Node, Node?];
    if (value.type !== "records") return sql.text`coalesce(cardinality(${sql.value(value)}), 0)::numeric`;
    return sql.overRows(value, (row) =>
      condition ? row.text`count(*) filter (where ${row.condition(condition)})::numeric` : row.text`count(*)::numeric`,
    );
  },
};
