import { type FindingParams, type RuleFindingCode, ruleFinding } from "./finding.ts";
import { coerce, isFree, plainLiteral, shaped } from "./literal.ts";
import type { LiteralNode, Node, NodeType } from "./node.ts";
import type { Arguments, Operator } from "./operator.ts";
import { operatorOf } from "./operators/index.ts";
import { escapePointer, isPath } from "./parse-rule.ts";
import { TYPE_WORDS } from "./type-words.ts";
import type { Rule, RuleFinding, RuleScope, RuleType } from "./types.ts";

export interface TypedRule {
  readonly node: Node;
  readonly findings: readonly RuleFinding[];
}

/**
 * Settles the type of every part of a parsed rule.
 *
 * @param scope the variables there are; null for a rule that runs without knowing them (then nothing is refused for its type)
 * @param expected the type that the whole has to have
 */
export function typeRule(rule: Rule, scope: RuleScope | null, expected?: RuleType): TypedRule {
  const typing = new Typing();
  const node = typing.node(rule, scope, "");
  return { node: expected ? typing.wanted(node, [expected]) : node, findings: typing.findings };
}

class Typing {
  readonly findings: RuleFinding[] = [];

  node(rule: Rule, scope: RuleScope | null, pointer: string): Node {
    if (Array.isArray(rule)) return this.#list(rule, pointer);
    if (rule === null || typeof rule !== "object") return plainLiteral(rule as Exclude<Rule, object>, pointer);
    const [key = "", value = null] = Object.entries(rule)[0] ?? [];
    if (key === "var") return this.#variable(value, scope, pointer);
    const operator = operatorOf(key);
    if (!operator) return this.#refused(pointer, "unknownOperator", { operator: key });
    return this.#call(operator, value, scope, pointer);
  }

  /** The node as one of the wanted types; a finding when it is none of them. */
  wanted(node: Node, types: readonly RuleType[]): Node {
    if (types.length === 0 || node.type === "unknown") return node;
    if ((types as readonly NodeType[]).includes(node.type)) return node;
    const coerced = types.map((type) => coerce(node, type)).find((other) => other !== null);
    if (coerced) return coerced;
    const words = { wanted: TYPE_WORDS[types[0] as RuleType], given: TYPE_WORDS[node.type] };
    return this.#refused(node.pointer, "wrongType", words);
  }

  unify(nodes: readonly Node[]): { readonly type: NodeType; readonly nodes: readonly Node[] } {
    const settled = nodes.find((node) => !isFree(node) && node.type !== "unknown" && node.type !== "null");
    if (!settled && nodes.some((node) => node.type === "unknown")) return { type: "unknown", nodes: nodes.map(shaped) };
    const type = settled?.type ?? nodes.find((node) => node.type !== "null")?.type ?? "null";
    return { type, nodes: nodes.map((node) => this.#asOther(node, type)) };
  }

  refuse(pointer: string, code: RuleFindingCode, params: FindingParams): void {
    this.findings.push(ruleFinding(pointer, code, params));
  }

  checkChoices(nodes: readonly Node[]): void {
    const field = nodes.find((node) => node.kind === "variable" && node.variable?.choices);
    if (field?.kind !== "variable") return;
    for (const node of nodes) {
      if (node.kind !== "literal") continue;
      for (const value of Array.isArray(node.value) ? node.value : [node.value])
        if (typeof value === "string" && !field.variable?.choices?.includes(value))
          this.refuse(node.pointer, "unknownChoice", { value, path: field.path });
    }
  }

  #asOther(node: Node, type: NodeType): Node {
    if (node.type === type || node.type === "unknown") return node;
    const coerced = coerce(node, type);
    if (coerced) return coerced;
    return this.#refused(node.pointer, "differentTypes", { first: TYPE_WORDS[type], given: TYPE_WORDS[node.type] });
  }

  #list(list: readonly Rule[], pointer: string): Node {
    if (!list.every((item) => typeof item === "string")) return this.#refused(pointer, "notAList");
    return { kind: "literal", type: "textList", pointer, value: list as readonly string[], isFree: true };
  }

  #variable(path: Rule, scope: RuleScope | null, pointer: string): Node {
    if (typeof path !== "string" || !isPath(path)) return this.#refused(pointer, "badPath", { path: String(path) });
    const variable = scope?.resolve(path) ?? null;
    if (scope && !variable) return this.#refused(pointer, "unknownVariable", { path });
    return { kind: "variable", type: variable?.type ?? "unknown", pointer, path, variable };
  }

  #call(operator: Operator, value: Rule, scope: RuleScope | null, pointer: string): Node {
    const takesNone = operator.arity[1] === 0;
    const rules: readonly Rule[] = Array.isArray(value) ? value : takesNone && value === null ? [] : [value];
    const below = `${pointer}/${escapePointer(operator.key)}`;
    const pointers = rules.map((_, index) => (Array.isArray(value) ? `${below}/${index}` : below));
    const [least, most] = operator.arity;
    if (rules.length < least || rules.length > most) {
      const count = least === most ? String(least) : most === Infinity ? `${least}…` : `${least}–${most}`;
      return this.#refused(pointer, "argumentCount", { operator: operator.key, count, given: String(rules.length) });
    }
    const typed = operator.type(this.#arguments(operator, rules, pointers, scope));
    return { kind: "call", type: typed.type, pointer, operator, args: typed.args };
  }

  #arguments(
    operator: Operator,
    rules: readonly Rule[],
    pointers: readonly string[],
    scope: RuleScope | null,
  ): Arguments {
    const pointerOf = (index: number): string => pointers[index] ?? "";
    const at: Arguments["at"] = (index, ...types) =>
      this.wanted(this.node(rules[index] ?? null, scope, pointerOf(index)), types);
    return {
      count: rules.length,
      at,
      from: (start, ...types) => rules.slice(start).map((_, offset) => at(start + offset, ...types)),
      inRow: (index, rows, ...types) => {
        const rule = rules[index] ?? null;
        const rowScope = rows.kind === "variable" ? (rows.variable?.row ?? null) : null;
        const inside = typeof rule === "string" && isPath(rule) ? { var: rule } : rule;
        return this.wanted(this.node(inside, rowScope, pointerOf(index)), types);
      },
      items: (index) => {
        const rule = rules[index];
        if (!Array.isArray(rule)) return null;
        return rule.map((item: Rule, place) => this.node(item, scope, `${pointerOf(index)}/${place}`));
      },
      constant: (index, accepts) => {
        const rule = rules[index];
        if (accepts(rule)) return rule;
        this.refuse(pointerOf(index), "notConstant", { operator: operator.key, number: String(index + 1) });
        return null;
      },
      unify: (nodes) => this.unify(nodes),
      checkChoices: (nodes) => this.checkChoices(nodes),
      refuse: (index, code, params = {}) => this.refuse(pointerOf(index), code, params),
    };
  }

  /** Stands for what was refused, so that one mistake gives one finding. */
  #refused(pointer: string, code: RuleFindingCode, params: FindingParams = {}): LiteralNode {
    this.refuse(pointer, code, params);
    return { kind: "literal", type: "unknown", pointer, value: null, isFree: false };
  }
}
