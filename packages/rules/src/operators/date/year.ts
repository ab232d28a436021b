import { partOperator } from "./part.ts";

export const year = partOperator(
  "year",
  { en: "year", "zh-CN": "年" },
  (sql, date) => sql.text`extract(year from ${date})::numeric`,
);
