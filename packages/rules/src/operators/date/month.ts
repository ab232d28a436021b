import { partOperator } from "./part.ts";

export const month = partOperator(
  "month",
  { en: "month", "zh-CN": "月" },
  (sql, date) => sql.text`extract(month from ${date})::numeric`,
);
