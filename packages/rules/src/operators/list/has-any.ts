import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { asList, isEqual, type Value } from "../../values/value.ts";
import { exactly } from "../comparison/typing.ts";
import { typeLists } from "./typing.ts";

const overlaps: NonNullable<Operator["toCondition"]> = (call, sql) => {
  const [list, other] = call.args as readonly [Node, Node];
  return sql.text`(${sql.value(list)} && ${sql.value(other)})`;
};

/** The list shares an item with the other. False when one is null or empty. */
export const hasAny: Operator = {
  key: "hasAny",
  group: "list",
  label: { en: "has any of", "zh-CN": "包含任一" },
  arity: [2, 2],
  isNeverNull: true,
  type: typeLists,
  evaluate([list, other]) {
    const items = asList(list as Value);
    return asList(other as Value).some((wanted) => items.some((item) => isEqual(item, wanted)));
  },
  toSql: (call, sql) => exactly(overlaps(call, sql), call.args, sql),
  toCondition: overlaps,
};
