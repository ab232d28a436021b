import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { asList, isEqual, type Value } from "../../values/value.ts";
import { filledList, typeLists } from "./typing.ts";

/** The list has every item of the other; every list, even null, has all of an empty one. */
export const hasAll: Operator = {
  key: "hasAll",
  group: "list",
  label: { en: "has all of", "zh-CN": "包含全部" },
  arity: [2, 2],
  isNeverNull: true,
  type: typeLists,
  evaluate([list, other]) {
    const items = asList(list as Value);
    return asList(other as Value).every((wanted) => items.some((item) => isEqual(item, wanted)));
  },
  toSql(call, sql) {
    const [list, other] = call.args as readonly [Node, Node];
    return sql.text`(${filledList(list, sql)} @> ${filledList(other, sql)})`;
  },
  toCondition(call, sql) {
    const [list, other] = call.args as readonly [Node, Node];
    // Null has none of a constant that is not empty: then the column can stand bare, for its index.
    if (other.kind !== "literal" || !Array.isArray(other.value) || other.value.length === 0)
      return hasAll.toSql(call, sql);
    return sql.text`(${sql.value(list)} @> ${sql.value(other)})`;
  },
};
