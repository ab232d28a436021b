import { quantifierOperator } from "./quantifier.ts";

/** False when there are no rows, as in JsonLogic. */
export const all = quantifierOperator({
  key: "all",
  label: { en: "every row has", "zh-CN": "所有明细满足" },
  holds: (rows) => rows.length > 0 && rows.every(Boolean),
  write: (row, condition) => row.text`coalesce(bool_and(${condition}), false)`,
});
