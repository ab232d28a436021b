import type { Operator } from "./operator.ts";
import type { RuleType, Variable } from "./types.ts";
import type { Value } from "./values/value.ts";

/** "unknown" when a rule runs without a scope: operators then go by the looks of a value. */
export type NodeType = RuleType | "unknown";

/** A constant. While `isFree`, its text may still turn out to be a date, a moment or an id. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly type: NodeType;
  readonly pointer: string;
  readonly value: Value;
  readonly isFree: boolean;
}

export interface VariableNode {
  readonly kind: "variable";
  readonly type: NodeType;
  readonly pointer: string;
  readonly path: string;
  /** null without a scope. */
  readonly variable: Variable | null;
}

/** A list written in the rule, for `in`: its items may be rules themselves. */
export interface ListNode {
  readonly kind: "list";
  readonly type: NodeType;
  readonly pointer: string;
  readonly items: readonly Node[];
}

export interface CallNode {
  readonly kind: "call";
  readonly type: NodeType;
  readonly pointer: string;
  readonly operator: Operator;
  readonly args: readonly Node[];
}

/** A rule with every type settled: what the evaluator and SQL are made from. */
export type Node = LiteralNode | VariableNode | ListNode | CallNode;

/** False when the value is certain not to be null. */
export function isNullable(node: Node): boolean {
  if (node.kind === "literal") return node.value === null;
  return node.kind === "call" ? !node.operator.isNeverNull : node.kind === "variable";
}

export function isNullLiteral(node: Node): boolean {
  return node.kind === "literal" && node.value === null;
}
