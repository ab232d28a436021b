import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { isTrue, type Value } from "../../values/value.ts";

/** `[condition, value, condition, value, …, otherwise]`: the value of the first condition that holds; null without otherwise. */
export const ifOperator: Operator = {
  key: "if",
  group: "logic",
  label: { en: "if", "zh-CN": "如果" },
  arity: [2, Infinity],
  resultArguments: (count) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => isResult(index, count)),
  type(args) {
    const indexes = Array.from({ length: args.count }, (_, index) => index);
    const typed = indexes.map((index) => (isResult(index, args.count) ? args.at(index) : args.at(index, "boolean")));
    const results = args.unify(typed.filter((_, index) => isResult(index, args.count)));
    const rest = [...results.nodes];
    const merged = typed.map((node, index) => (isResult(index, args.count) ? (rest.shift() ?? node) : node));
    return { type: results.type, args: merged };
  },
  evaluate(args) {
    for (let index = 0; index + 1 < args.length; index += 2)
      if (isTrue(args[index] as Value)) return args[index + 1] as Value;
    return args.length % 2 === 1 ? (args.at(-1) as Value) : null;
  },
  toSql(call, sql) {
    const pairs: [Node, Node][] = [];
    for (let index = 0; index + 1 < call.args.length; index += 2)
      pairs.push([call.args[index] as Node, call.args[index + 1] as Node]);
    const whens = pairs.map(([when, then]) => sql.text`when ${sql.condition(when)} then ${sql.value(then)}`);
    const last = call.args.length % 2 === 1 ? call.args.at(-1) : undefined;
    return last
      ? sql.text`(case ${sql.join(whens, " ")} else ${sql.value(last)} end)`
      : sql.text`(case ${sql.join(whens, " ")} end)`;
  },
};

/** Conditions stand at even places, except for a last one that stands alone. */
function isResult(index: number, count: number): boolean {
  return index % 2 === 1 || index === count - 1;
}
