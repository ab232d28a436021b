import { dateOfDay, dayNumber } from "../../values/date.ts";
import { shiftOperator } from "./shift.ts";

export const addDays = shiftOperator({
  key: "addDays",
  label: { en: "plus days", "zh-CN": "加天数" },
  limit: 1_000_000,
  move: (date, count) => dateOfDay(dayNumber(date) + count),
  interval: (sql, count) => sql.text`make_interval(days => ${count})`,
});
