import { orderOperator } from "./typing.ts";

/** False when either side is null. */
export const lessOrEqual = orderOperator({
  key: "<=",
  label: { en: "is at most", "zh-CN": "小于等于" },
  holds: (order) => order <= 0,
  write: (sql, a, b) => sql.text`(${a} <= ${b})`,
});
