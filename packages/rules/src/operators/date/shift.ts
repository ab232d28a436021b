import type { Node } from "../../node.ts";
import type { Frame, Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { type DateParts, dateParts, dateText } from "../../values/date.ts";
import { fromLocal, Instant, toLocal } from "../../values/instant.ts";
import type { Value } from "../../values/value.ts";
import { dateInRange, instantInRange, steps, stepsSql } from "./calendar.ts";

interface Shift {
  readonly key: string;
  readonly label: Operator["label"];
  /** Steps either way beyond which the result is null: far from where PostgreSQL's dates end. */
  readonly limit: number;
  readonly move: (date: DateParts, count: number) => DateParts;
  readonly interval: (sql: SqlWriter, count: SqlFragment) => SqlFragment;
}

/**
 * `addDays` and `addMonths`: a date gives a date; a moment gives the moment when clocks in the reader's zone show the
 * same time of day on the new date.
 */
export function shiftOperator({ key, label, limit, move, interval }: Shift): Operator {
  return {
    key,
    group: "date",
    label,
    arity: [2, 2],
    type(args) {
      const date = args.at(0, "date", "datetime");
      return { type: date.type, args: [date, args.at(1, "number")] };
    },
    evaluate([value, by], frame) {
      const count = steps(by as Value, limit);
      return count === null ? null : shifted(value as Value, (date) => move(date, count), frame);
    },
    toSql(call, sql) {
      const [date, by] = call.args as readonly [Node, Node];
      const step = interval(sql, stepsSql(by, limit, sql));
      if (date.type !== "datetime") return dateInRange(sql.text`(${sql.value(date)} + ${step})::date`, sql);
      const zone = sql.environment.timeZone;
      return instantInRange(sql.text`((${sql.value(date)} at time zone ${zone}) + ${step}) at time zone ${zone}`, sql);
    },
  };
}

function shifted(value: Value, move: (date: DateParts) => DateParts, frame: Frame): Value {
  if (value instanceof Instant) {
    const zone = frame.environment.timeZone;
    const local = toLocal(value, zone);
    return fromLocal({ ...local, date: move(local.date) }, zone, value.microseconds);
  }
  const date = typeof value === "string" ? dateParts(value) : null;
  return date && dateText(move(date));
}
