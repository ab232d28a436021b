import { operatorOf } from "./operators/index.ts";
import { isPath } from "./parse-rule.ts";
import type { Rule } from "./types.ts";

/**
 * The paths that a rule reads, each once, in the order in which they first appear. A field of a subform's row is given
 * with the subform before it: `sum(items, amount)` reads "items" and "items.amount".
 */
export function variablesOf(rule: Rule): readonly string[] {
  const paths = new Set<string>();
  visit(rule, "", (path) => paths.add(path));
  return [...paths];
}

/** True when the value depends on who asks or when: today, now, me, myDepartment. */
export function isVolatile(rule: Rule): boolean {
  if (Array.isArray(rule)) return rule.some(isVolatile);
  if (rule === null || typeof rule !== "object") return false;
  return Object.entries(rule).some(([key, value]) => operatorOf(key)?.isVolatile || isVolatile(value));
}

function visit(rule: Rule, prefix: string, found: (path: string) => void): void {
  if (Array.isArray(rule)) {
    for (const item of rule) visit(item, prefix, found);
    return;
  }
  if (rule === null || typeof rule !== "object") return;
  for (const [key, value] of Object.entries(rule)) {
    if (key === "var") visitVariable(value, prefix, found);
    else visitCall(key, Array.isArray(value) ? value : [value], prefix, found);
  }
}

function visitVariable(value: Rule, prefix: string, found: (path: string) => void): void {
  const path = Array.isArray(value) ? value[0] : value;
  if (typeof path === "string") found(prefix + path);
}

function visitCall(key: string, args: readonly Rule[], prefix: string, found: (path: string) => void): void {
  const rows = rowsPath(key, args);
  for (const [index, arg] of args.entries()) {
    if (rows === null || !operatorOf(key)?.rowArguments?.includes(index)) visit(arg, prefix, found);
    else if (typeof arg === "string" && isPath(arg)) found(`${prefix}${rows}.${arg}`);
    else visit(arg, `${prefix}${rows}.`, found);
  }
}

/** The subform whose rows the later arguments are read in; null when they are not. `min` and `max` do both: see below. */
function rowsPath(key: string, args: readonly Rule[]): string | null {
  const operator = operatorOf(key);
  const first = args[0];
  if (!operator?.rowArguments || args.length !== 2 || first === null || typeof first !== "object" || !("var" in first))
    return null;
  const path = Array.isArray(first.var) ? first.var[0] : first.var;
  return operator.group === "rows" && typeof path === "string" ? path : null;
}
