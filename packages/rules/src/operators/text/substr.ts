import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import { Decimal } from "../../values/decimal.ts";
import { asNumber, asText, type Value } from "../../values/value.ts";

/** Beyond the length of any text, and an `integer` in PostgreSQL. */
const MOST = 1_000_000_000;

/** `[text, start, length?]`: characters from `start` on, the first being 0. Fractions are cut off; null and negatives count as 0. */
export const substr: Operator = {
  key: "substr",
  group: "text",
  label: { en: "part of text", "zh-CN": "截取" },
  arity: [2, 3],
  type: (args) => ({ type: "text", args: [args.at(0, "text"), ...args.from(1, "number")] }),
  evaluate([value, ...limits]) {
    const text = asText(value as Value);
    const [start, count] = limits.map((limit) => position(asNumber(limit as Value)));
    if (text === null) return null;
    return Array.from(text)
      .slice(start, count === undefined ? undefined : (start ?? 0) + count)
      .join("");
  },
  toSql(call, sql) {
    const [text, start, count] = call.args as readonly [Node, Node, Node?];
    const from = sql.text`${positionSql(start, sql)} + 1`;
    if (!count) return sql.text`substr(${sql.value(text)}, ${from})`;
    return sql.text`substr(${sql.value(text)}, ${from}, ${positionSql(count, sql)})`;
  },
};

function position(value: Decimal | null): number {
  return value ? Decimal.min(Decimal.max(value.trunc(), 0), MOST).toNumber() : 0;
}

/** `greatest` skips null. */
function positionSql(node: Node, sql: SqlWriter): SqlFragment {
  return sql.text`least(greatest(trunc(${sql.value(node)}), 0), ${sql.literal(MOST, "integer")})::integer`;
}
