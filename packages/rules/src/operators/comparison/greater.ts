import { orderOperator } from "./typing.ts";

/** False when either side is null. */
export const greater = orderOperator({
  key: ">",
  label: { en: "is greater than", "zh-CN": "大于" },
  holds: (order) => order > 0,
  write: (sql, a, b) => sql.text`(${a} > ${b})`,
});
