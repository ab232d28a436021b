import type { Node } from "../../node.ts";
import type { Operator } from "../../operator.ts";
import { Decimal, roundTo } from "../../values/decimal.ts";
import { asNumber, type Value } from "../../values/value.ts";

const MAX_PLACES = 10;

/** Half away from zero, to a number of places (0 when absent) that is written in the rule. */
export const round: Operator = {
  key: "round",
  group: "arithmetic",
  label: { en: "rounded", "zh-CN": "四舍五入" },
  arity: [1, 2],
  type(args) {
    const value = args.at(0, "number");
    if (args.count === 1) return { type: "number", args: [value] };
    args.constant(1, isPlaces);
    return { type: "number", args: [value, args.at(1, "number")] };
  },
  evaluate([value, places]) {
    const number = asNumber(value as Value);
    return number && roundTo(number, placesOf(places));
  },
  toSql(call, sql) {
    const [value, places] = call.args as readonly [Node, Node?];
    const count = places?.kind === "literal" ? placesOf(places.value) : 0;
    return sql.text`round(${sql.value(value)}, ${sql.literal(count, "integer")})`;
  },
};

function isPlaces(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_PLACES;
}

function placesOf(places: unknown): number {
  return places instanceof Decimal ? places.toNumber() : 0;
}
