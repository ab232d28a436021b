import { quantifierOperator } from "./quantifier.ts";

/** True when there are no rows. */
export const none = quantifierOperator({
  key: "none",
  label: { en: "no row has", "zh-CN": "没有明细满足" },
  holds: (rows) => !rows.some(Boolean),
  write: (row, condition) => row.text`not coalesce(bool_or(${condition}), false)`,
});
