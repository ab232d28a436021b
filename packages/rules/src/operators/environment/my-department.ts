import type { Operator } from "../../operator.ts";

/** The department of the member who asks; null when there is none. */
export const myDepartment: Operator = {
  key: "myDepartment",
  group: "environment",
  label: { en: "my department", "zh-CN": "我的部门" },
  arity: [0, 0],
  isVolatile: true,
  type: () => ({ type: "id", args: [] }),
  evaluate: (_, frame) => frame.environment.myDepartment,
  toSql: (_, sql) => sql.environment.myDepartment,
};
