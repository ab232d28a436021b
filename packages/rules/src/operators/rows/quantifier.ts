import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { asRows, isTrue, type RowFunction, type Value } from "../../values/value.ts";

interface Quantifier {
  readonly key: string;
  readonly label: Operator["label"];
  readonly holds: (rows: readonly boolean[]) => boolean;
  /** Over the condition of each row; written so that no rows give what `holds` gives for none. */
  readonly write: (row: SqlWriter, condition: SqlFragment) => SqlFragment;
}

/** `[rows, condition]`. A null condition counts as false. */
export function quantifierOperator({ key, label, holds, write }: Quantifier): Operator {
  return {
    key,
    group: "rows",
    label,
    arity: [2, 2],
    isNeverNull: true,
    rowArguments: [1],
    type(args) {
      const rows = args.at(0, "records");
      return { type: "boolean", args: [rows, args.inRow(1, rows, "boolean")] };
    },
    evaluate: ([rows, condition]) => holds(asRows(rows as Value).map((row) => isTrue((condition as RowFunction)(row)))),
    toSql(call, sql) {
      const [rows, condition] = call.args as readonly [Node, Node];
      return sql.overRows(rows, (row) => write(row, row.truth(condition)));
    },
  };
}
