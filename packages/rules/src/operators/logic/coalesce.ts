import type { Operator } from "../../operator.ts";
import type { Value } from "../../values/value.ts";

/** The first that is not null. */
export const coalesce: Operator = {
  key: "coalesce",
  group: "logic",
  label: { en: "first that is filled", "zh-CN": "首个非空值" },
  arity: [1, Infinity],
  resultArguments: (count) => Array.from({ length: count }, (_, index) => index),
  type(args) {
    const { type, nodes } = args.unify(args.from(0));
    return { type, args: nodes };
  },
  evaluate: (args) => (args.find((arg) => arg !== null) ?? null) as Value,
  toSql: (call, sql) => sql.text`coalesce(${sql.join(call.args.map(sql.value), ", ")})`,
};
