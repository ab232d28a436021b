import type { Operator } from "../../operator.ts";
import { readInstant } from "../../values/instant.ts";

/** The moment at which the rule runs. */
export const now: Operator = {
  key: "now",
  group: "environment",
  label: { en: "now", "zh-CN": "现在" },
  arity: [0, 0],
  isNeverNull: true,
  isVolatile: true,
  type: () => ({ type: "datetime", args: [] }),
  evaluate: (_, frame) => readInstant(frame.environment.now),
  toSql: (_, sql) => sql.environment.now,
};
