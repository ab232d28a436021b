import { orderOperator } from "./typing.ts";

/** False when either side is null. */
export const greaterOrEqual = orderOperator({
  key: ">=",
  label: { en: "is at least", "zh-CN": "大于等于" },
  holds: (order) => order >= 0,
  write: (sql, a, b) => sql.text`(${a} >= ${b})`,
});
