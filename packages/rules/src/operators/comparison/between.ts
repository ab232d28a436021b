import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { compareValues, type Value } from "../../values/value.ts";
import { exactly, ordered, typeOrder } from "./typing.ts";

const within: NonNullable<Operator["toCondition"]> = (call, sql) => {
  const [value, low, high] = call.args as readonly [Node, Node, Node];
  return sql.text`(${ordered(value, sql)} between ${sql.value(low)} and ${sql.value(high)})`;
};

/** Both ends included; false when one of the three is null. */
export const between: Operator = {
  key: "between",
  group: "comparison",
  label: { en: "is between", "zh-CN": "介于" },
  arity: [3, 3],
  isNeverNull: true,
  type: typeOrder,
  evaluate([value, low, high]) {
    const fromLow = compareValues(value as Value, low as Value);
    const toHigh = compareValues(value as Value, high as Value);
    return fromLow !== null && toHigh !== null && fromLow >= 0 && toHigh <= 0;
  },
  toSql: (call, sql) => exactly(within(call, sql), call.args, sql),
  toCondition: within,
};
