import { quantifierOperator } from "./quantifier.ts";

/** False when there are no rows. */
export const some = quantifierOperator({
  key: "some",
  label: { en: "some row has", "zh-CN": "存在明细满足" },
  holds: (rows) => rows.some(Boolean),
  write: (row, condition) => row.text`coalesce(bool_or(${condition}), false)`,
});
