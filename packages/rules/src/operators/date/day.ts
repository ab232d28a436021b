import { partOperator } from "./part.ts";

export const day = partOperator(
  "day",
  { en: "day of the month", "zh-CN": "日" },
  (sql, date) => sql.text`extract(day from ${date})::numeric`,
);
