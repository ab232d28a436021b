import type { RuleFindingCode } from "./finding.ts";
import type { CallNode, Node, NodeType } from "./node.ts";
import type { SqlFragment, SqlWriter } from "./sql-writer.ts";
import type { RuleData, RuleEnvironment, RuleType } from "./types.ts";
import type { RowFunction, Value } from "./values/value.ts";

export type OperatorGroup = "logic" | "comparison" | "arithmetic" | "text" | "date" | "list" | "rows" | "environment";

/** What a rule reads while it runs. */
export interface Frame {
  readonly data: RuleData;
  readonly environment: RuleEnvironment;
}

/** The argument of an operator: a value, or the rule for one row of a subform. */
export type Argument = Value | RowFunction;

/** How an operator looks at its arguments while a rule is typed. Findings are collected; typing goes on. */
export interface Arguments {
  readonly count: number;
  /** Types one argument; a finding when it is of none of the wanted types (none wanted: any will do). */
  at(index: number, ...wanted: readonly RuleType[]): Node;
  /** Types all from `start` on. */
  from(start: number, ...wanted: readonly RuleType[]): readonly Node[];
  /** Types an argument inside the rows of another; a plain text there is a field of the row. */
  inRow(index: number, rows: Node, ...wanted: readonly RuleType[]): Node;
  /** Types the items of a list written in the rule; null when the argument is something else. */
  items(index: number): readonly Node[] | null;
  /** A constant argument; a finding and null when it is missing or `accepts` says no. */
  constant<T>(index: number, accepts: (value: unknown) => value is T): T | null;
  /** Brings nodes to one type (texts become dates where the others are); a finding when they have none in common. */
  unify(nodes: readonly Node[]): { readonly type: NodeType; readonly nodes: readonly Node[] };
  /** A finding for each constant that is not among the choices of a field beside it. */
  checkChoices(nodes: readonly Node[]): void;
  refuse(index: number, code: RuleFindingCode, params?: Readonly<Record<string, string>>): void;
}

/** What typing a call gives. */
export interface Typed {
  readonly type: NodeType;
  readonly args: readonly Node[];
}

/** One operator of the dialect, whole: types, value, SQL and name. */
export interface Operator {
  readonly key: string;
  readonly group: OperatorGroup;
  readonly label: { readonly en: string; readonly "zh-CN": string };
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  /** The result is never null. */
  readonly isNeverNull?: true;
  /** The result depends on who asks or when. */
  readonly isVolatile?: true;
  /** Of that many arguments, the indexes of those that may become the result: a text there can still turn out to be a date. */
  resultArguments?(count: number): readonly number[];
  /** Indexes of arguments that are read inside a row of the first. */
  readonly rowArguments?: readonly number[];
  type(args: Arguments): Typed;
  evaluate(args: readonly Argument[], frame: Frame): Value;
  /** The exact value. */
  toSql(call: CallNode, sql: SqlWriter): SqlFragment;
  /** For WHERE, where null counts as false: written so that indexes can serve it. Absent: `toSql` will do. */
  toCondition?(call: CallNode, sql: SqlWriter): SqlFragment;
}
