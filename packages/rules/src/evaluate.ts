import jsonLogic, { type RulesLogic } from "json-logic-js";
import { RuleError } from "./finding.ts";
import type { CallNode, Node, NodeType } from "./node.ts";
import type { Argument, Frame } from "./operator.ts";
import { OPERATORS } from "./operators/index.ts";
import { parseRule } from "./parse-rule.ts";
import { typeRule } from "./type-rule.ts";
import type { Rule, RuleData, RuleEnvironment, RuleScope, RuleValue } from "./types.ts";
import { readDecimal } from "./values/decimal.ts";
import { readInstant } from "./values/instant.ts";
import { type RowFunction, shapeOf, type Value, writeValue } from "./values/value.ts";

/**
 * The value of a rule on a record.
 *
 * With a scope, values are read by their types, and the answer is the one that SQL gives. Without, texts that look like
 * moments (ISO 8601 with an offset) are compared as moments, and a rule is not refused for its types: what cannot be
 * computed is null, what cannot be compared is false.
 *
 * @param data the record: own properties only are read
 * @param scope the variables there are
 * @throws RuleError when the rule was never checked: unknown operators, over the limits, or (with a scope) wrong types
 */
export function evaluate(rule: Rule, data: RuleData, environment: RuleEnvironment, scope?: RuleScope): RuleValue {
  return writeValue(jsonLogic.apply(prepared(rule, scope ?? NO_SCOPE), { data, environment }));
}

/** True when a condition holds: null counts as false. See {@link evaluate}. */
export function holds(rule: Rule, data: RuleData, environment: RuleEnvironment, scope?: RuleScope): boolean {
  return evaluate(rule, data, environment, scope) === true;
}

const NO_SCOPE: RuleScope = { resolve: () => null };
const PREFIX = "formwright ";
type Logic = RulesLogic;

/** Rules are frozen values: prepared once for each scope they run in. */
const cache = new WeakMap<object, WeakMap<RuleScope, Logic>>();

function prepared(rule: Rule, scope: RuleScope): Logic {
  if (rule === null || typeof rule !== "object") return prepare(rule, scope);
  const known = cache.get(rule) ?? new WeakMap<RuleScope, Logic>();
  cache.set(rule, known);
  const logic = known.get(scope) ?? prepare(rule, scope);
  known.set(scope, logic);
  return logic;
}

function prepare(rule: Rule, scope: RuleScope): Logic {
  const parsed = parseRule(rule);
  if (!parsed.ok) throw new RuleError(parsed.findings);
  const { node, findings } = typeRule(parsed.value, scope === NO_SCOPE ? null : scope);
  const serious = scope === NO_SCOPE ? findings.filter((finding) => finding.code === "argumentCount") : findings;
  if (serious.length > 0) throw new RuleError(serious);
  return toLogic(node) as Logic;
}

/**
 * The same rule for json-logic-js, which walks it: every operator under a name of our own, so that nothing of its own
 * (loose comparison, truthiness, `var` reaching into prototypes) is ever used, and nothing is changed for others who use it.
 */
function toLogic(node: Node): unknown {
  if (node.kind === "literal") return node.value;
  if (node.kind === "list") return node.items.map(toLogic);
  if (node.kind === "variable") return { [`${PREFIX}var`]: [readerOf(node.path, node.type)] };
  return {
    [PREFIX + node.operator.key]: node.args.map((arg, index) => (isOfRow(node, index) ? ofRow(arg) : toLogic(arg))),
  };
}

function isOfRow(call: CallNode, index: number): boolean {
  const first = call.args[0]?.type;
  return (call.operator.rowArguments?.includes(index) ?? false) && (first === "records" || first === "unknown");
}

/** json-logic-js evaluates arguments first, and leaves functions alone: a rule for rows travels as one. */
function ofRow(node: Node): (frame: Frame) => RowFunction {
  const logic = toLogic(node) as Logic;
  return (frame) => (row) => jsonLogic.apply(logic, { data: row, environment: frame.environment });
}

for (const operator of Object.values(OPERATORS)) {
  jsonLogic.add_operation(PREFIX + operator.key, function (this: Frame, ...args: unknown[]): Value {
    const ready = args.map((arg) => (typeof arg === "function" ? arg(this) : arg));
    return operator.evaluate(ready as Argument[], this);
  });
}
jsonLogic.add_operation(`${PREFIX}var`, function (this: Frame, read: (data: RuleData) => Value): Value {
  return read(this.data);
});

function readerOf(path: string, type: NodeType): (data: RuleData) => Value {
  const parts = path.split(".");
  return (data) => {
    let value: RuleValue | RuleData | undefined = data;
    for (const part of parts) value = isData(value) && Object.hasOwn(value, part) ? value[part] : null;
    // A reference that was walked: its record stands where its id would.
    if (isData(value)) value = Object.hasOwn(value, "id") ? (value.id as RuleValue) : null;
    return value === null || value === undefined ? null : READERS[type](value as RuleValue);
  };
}

function isData(value: unknown): value is RuleData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const text = (value: RuleValue): Value => (typeof value === "string" ? value : null);
const list = (value: RuleValue): Value => (Array.isArray(value) ? (value as readonly string[]) : null);

/** How a value of a record is read, by the type of its variable. What does not fit counts as null. */
const READERS = {
  text,
  id: text,
  date: text,
  number: readDecimal,
  boolean: (value) => (typeof value === "boolean" ? value : null),
  datetime: (value) => (typeof value === "string" ? readInstant(value) : null),
  textList: list,
  idList: list,
  records: list,
  null: () => null,
  unknown: shapeOf,
} as const satisfies Record<NodeType, (value: RuleValue) => Value>;
