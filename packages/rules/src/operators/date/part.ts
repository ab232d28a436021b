import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import type { DateParts } from "../../values/date.ts";
import { Decimal } from "../../values/decimal.ts";
import type { Value } from "../../values/value.ts";
import { calendarDate, calendarDateSql } from "./calendar.ts";

/** `year`, `month` (1 to 12) and `day` of a date, or of a moment's date in the reader's zone. */
export function partOperator(
  key: keyof DateParts,
  label: Operator["label"],
  extract: (sql: SqlWriter, date: SqlFragment) => SqlFragment,
): Operator {
  return {
    key,
    group: "date",
    label,
    arity: [1, 1],
    type: (args) => ({ type: "number", args: [args.at(0, "date", "datetime")] }),
    evaluate([value], frame) {
      const date = calendarDate(value as Value, frame);
      return date && new Decimal(date[key]);
    },
    toSql: (call, sql) => extract(sql, calendarDateSql(call.args[0] as Node, sql)),
  };
}
