import type { LiteralNode, Node, NodeType } from "./node.ts";
import { isDate } from "./values/date.ts";
import { Decimal, isLongDecimal } from "./values/decimal.ts";
import { readInstant } from "./values/instant.ts";
import { shapeOf, type Value } from "./values/value.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A plain value written in a rule. */
export function plainLiteral(value: string | number | boolean | null, pointer: string): LiteralNode {
  if (value === null) return { kind: "literal", type: "null", pointer, value, isFree: true };
  if (typeof value === "string") return { kind: "literal", type: "text", pointer, value, isFree: true };
  if (typeof value === "boolean") return { kind: "literal", type: "boolean", pointer, value, isFree: false };
  return { kind: "literal", type: "number", pointer, value: new Decimal(value), isFree: false };
}

/** True while a node's type can still be read differently: a text constant, null, or a choice among such. */
export function isFree(node: Node): boolean {
  if (node.kind === "literal") return node.isFree;
  if (node.kind !== "call") return false;
  const results = node.operator.resultArguments?.(node.args.length);
  return results?.every((index) => isFree(node.args[index] as Node)) ?? false;
}

/** The node read as another type; null when it cannot be. */
export function coerce(node: Node, type: NodeType): Node | null {
  if (node.type === type || node.type === "unknown") return node;
  if (node.kind === "literal") return coerceLiteral(node, type);
  if (node.kind !== "call" || !isFree(node)) return null;
  const results = node.operator.resultArguments?.(node.args.length) ?? [];
  const args = node.args.map((arg, index) => (results.includes(index) ? coerce(arg, type) : arg));
  return args.every((arg) => arg !== null) ? { ...node, type, args } : null;
}

/** A constant among values whose types are not known, by its looks. */
export function shaped(node: Node): Node {
  if (node.kind !== "literal" || !node.isFree || typeof node.value !== "string") return node;
  return { ...node, type: "unknown", value: shapeOf(node.value) };
}

function coerceLiteral(node: LiteralNode, type: NodeType): LiteralNode | null {
  if (!node.isFree) return null;
  if (node.value === null) return { ...node, type };
  const value = readAs(node.value, type);
  return value === null ? null : { ...node, type, value, isFree: false };
}

function readAs(value: Value, type: NodeType): Value {
  if (Array.isArray(value)) {
    const isIds = type === "idList" && value.every((item) => typeof item === "string" && UUID.test(item));
    return isIds ? value.map((item) => String(item).toLowerCase()) : null;
  }
  return typeof value === "string" ? (READERS[type]?.(value) ?? null) : null;
}

const READERS: { readonly [T in NodeType]?: (text: string) => Value } = {
  date: (text) => (isDate(text) ? text : null),
  datetime: readInstant,
  id: (text) => (UUID.test(text) ? text.toLowerCase() : null),
  // Only what no JS number could say: "100" beside a number is a mistake.
  number: (text) => (isLongDecimal(text) ? new Decimal(text) : null),
};
