import type { Operator } from "../../operator.ts";

/** The member who asks; null for the system. */
export const me: Operator = {
  key: "me",
  group: "environment",
  label: { en: "me", "zh-CN": "我" },
  arity: [0, 0],
  isVolatile: true,
  type: () => ({ type: "id", args: [] }),
  evaluate: (_, frame) => frame.environment.me,
  toSql: (_, sql) => sql.environment.me,
};
