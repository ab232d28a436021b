import { extremeOperator } from "./extreme.ts";

export const min = extremeOperator({
  key: "min",
  label: { en: "smallest", "zh-CN": "最小值" },
  sign: -1,
  ofList: (sql, list) => sql.text`least(${list})`,
  ofRows: (row, value) => row.text`min(${value})`,
});
