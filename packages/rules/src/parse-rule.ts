import { ruleFinding } from "./finding.ts";
import { operatorOf } from "./operators/index.ts";
import type { Rule, RuleFinding } from "./types.ts";
import { isStorableText } from "./values/text.ts";

/** How large a rule may be. */
export const RULE_LIMITS = {
  /** Levels of operators and lists inside each other. */
  depth: 32,
  /** Operators, values and list items together. */
  nodes: 1000,
  /** UTF-16 units of one text. */
  textLength: 10_000,
} as const;

/** The outcome of {@link parseRule}: the rule, frozen and sharing nothing with the input, or why it is none. */
export type ParsedRule =
  | { readonly ok: true; readonly value: Rule }
  | { readonly ok: false; readonly findings: readonly RuleFinding[] };

const PATH = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/;
const FORBIDDEN_PARTS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const LARGEST_NUMBER = 1e21;
const MOST_PLACES = 15;

/**
 * Reads a rule from outside: its shape, its operators, its bounds. Types are checked by {@link checkRule}.
 * Parsing goes on after a finding, except past the limits of depth and size.
 */
export function parseRule(input: unknown): ParsedRule {
  const findings: RuleFinding[] = [];
  let nodes = 0;

  const parse = (value: unknown, pointer: string, depth: number): Rule => {
    nodes += 1;
    if (nodes > RULE_LIMITS.nodes) {
      if (nodes === RULE_LIMITS.nodes + 1) refuse("", "tooLarge", { limit: String(RULE_LIMITS.nodes) });
      return null;
    }
    if (depth > RULE_LIMITS.depth) return refuse(pointer, "tooDeep", { limit: String(RULE_LIMITS.depth) });
    if (value === null || typeof value === "boolean") return value;
    if (typeof value === "string") return parseText(value, pointer);
    if (typeof value === "number") return isNumber(value) ? value : refuse(pointer, "badNumber");
    if (Array.isArray(value)) return parseList(value, pointer, depth);
    return typeof value === "object" ? parseCall(value, pointer, depth) : refuse(pointer, "notARule");
  };

  const parseText = (value: string, pointer: string): Rule =>
    value.length <= RULE_LIMITS.textLength && isStorableText(value)
      ? value
      : refuse(pointer, "badText", { limit: String(RULE_LIMITS.textLength) });

  const parseList = (list: readonly unknown[], pointer: string, depth: number): Rule => {
    const items: Rule[] = [];
    for (const [index, item] of list.entries()) {
      if (nodes > RULE_LIMITS.nodes) break;
      items.push(parse(item, `${pointer}/${index}`, depth + 1));
    }
    return Object.freeze(items);
  };

  const parseCall = (call: object, pointer: string, depth: number): Rule => {
    const [key, ...others] = Object.keys(call);
    if (key === undefined || others.length > 0) return refuse(pointer, "notARule");
    const value = (call as Record<string, unknown>)[key];
    if (key === "var") return parseVariable(value, pointer);
    if (!operatorOf(key)) return refuse(pointer, "unknownOperator", { operator: key.slice(0, 40) });
    const below = `${pointer}/${escapePointer(key)}`;
    // The list of arguments is not a level of its own.
    const args = Array.isArray(value) ? parseList(value, below, depth) : parse(value, below, depth + 1);
    return Object.freeze({ [key]: args });
  };

  const parseVariable = (value: unknown, pointer: string): Rule => {
    const path: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof path === "string" && isPath(path)) return Object.freeze({ var: path });
    return refuse(`${pointer}/var`, "badPath", { path: typeof path === "string" ? path.slice(0, 80) : "?" });
  };

  const refuse = (...finding: Parameters<typeof ruleFinding>): null => {
    findings.push(ruleFinding(...finding));
    return null;
  };

  const value = parse(input, "", 0);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, value };
}

/** True for what `var` may name: field keys with dots between, nothing that objects inherit. */
export function isPath(path: string): boolean {
  return path.length <= 200 && PATH.test(path) && !path.split(".").some((part) => FORBIDDEN_PARTS.has(part));
}

function isNumber(value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) >= LARGEST_NUMBER) return false;
  const [digits = "", exponent = "0"] = String(value).split("e");
  return (digits.split(".")[1] ?? "").length - Number(exponent) <= MOST_PLACES;
}

/** A key as a part of a JSON Pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
