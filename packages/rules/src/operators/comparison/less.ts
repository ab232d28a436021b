import { orderOperator } from "./typing.ts";

/** False when either side is null. */
export const less = orderOperator({
  key: "<",
  label: { en: "is less than", "zh-CN": "小于" },
  holds: (order) => order < 0,
  write: (sql, a, b) => sql.text`(${a} < ${b})`,
});
