import { plusMonths } from "../../values/date.ts";
import { shiftOperator } from "./shift.ts";

/** A day that the month does not have becomes its last: one month after 31 January is 28 or 29 February. */
export const addMonths = shiftOperator({
  key: "addMonths",
  label: { en: "plus months", "zh-CN": "加月数" },
  limit: 24_000,
  move: plusMonths,
  interval: (sql, count) => sql.text`make_interval(months => ${count})`,
});
