import type { CallNode, Node } from "../../node.ts";
import type { Argument, Frame, Operator } from "../../operator.ts";
import type { SqlFragment, SqlWriter } from "../../sql-writer.ts";
import type { RuleType } from "../../types.ts";
import { asRows, compareValues, type RowFunction, type Value } from "../../values/value.ts";

const ORDERED: readonly RuleType[] = ["number", "date", "datetime"];

interface Extreme {
  readonly key: string;
  readonly label: Operator["label"];
  /** -1 for the smallest, 1 for the largest. */
  readonly sign: -1 | 1;
  readonly ofList: (sql: SqlWriter, list: SqlFragment) => SqlFragment;
  readonly ofRows: (row: SqlWriter, value: SqlFragment) => SqlFragment;
}

/** `min` and `max`: of the arguments, or of a value over the rows of a subform. Null is skipped; null when there is nothing else. */
export function extremeOperator({ key, label, sign, ofList, ofRows }: Extreme): Operator {
  return {
    key,
    group: "arithmetic",
    label,
    arity: [1, Infinity],
    rowArguments: [1],
    type(args) {
      const first = args.at(0, ...ORDERED, "records");
      // Without a scope only the data will tell which form it is: see evaluate.
      if (first.type === "records" || (first.type === "unknown" && args.count === 2)) {
        if (args.count !== 2) args.refuse(0, "argumentCount", { operator: key, count: "2" });
        const value = args.inRow(1, first, ...ORDERED);
        return { type: value.type, args: [first, value] };
      }
      const { type, nodes } = args.unify(args.from(0, ...ORDERED));
      return { type, args: nodes };
    },
    evaluate(args, frame) {
      return valuesOf(args, frame)
        .filter((value) => value !== null)
        .reduce<Value>((best, value) => further(best, value, sign), null);
    },
    toSql(call, sql) {
      const [first, second] = call.args as readonly [Node, Node?];
      if (isOverRows(call) && second) return sql.overRows(first, (row) => ofRows(row, row.value(second)));
      return ofList(sql, sql.join(call.args.map(sql.value), ", "));
    },
  };
}

function valuesOf(args: readonly Argument[], frame: Frame): readonly Value[] {
  const [first, second] = args;
  if (typeof second !== "function") return args as readonly Value[];
  const ofRow = second as RowFunction;
  return first === null || Array.isArray(first)
    ? asRows(first as Value).map(ofRow)
    : [first as Value, ofRow(frame.data)];
}

function further(best: Value, value: Value, sign: -1 | 1): Value {
  if (best === null) return value;
  return compareValues(value, best) === sign ? value : best;
}

function isOverRows(call: CallNode): boolean {
  return call.args[0]?.type === "records";
}
