import { extremeOperator } from "./extreme.ts";

export const max = extremeOperator({
  key: "max",
  label: { en: "largest", "zh-CN": "最大值" },
  sign: 1,
  ofList: (sql, list) => sql.text`greatest(${list})`,
  ofRows: (row, value) => row.text`max(${value})`,
});
