import type { Field } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { formulaOptions } from "./formula-options.ts";

/** Formulas that use formulas that use …: checkModel refuses circles, this only keeps a bad model from hanging. */
const DEEPEST = 20;

/**
 * The rule of a formula field over stored fields alone: formulas that it uses are put in place of their names,
 * and every number is rounded to its field's decimal places, as it is when stored.
 * The same rule is compiled to the generated column and evaluated for a live preview.
 *
 * @param field a field of kind formula
 * @param fields the fields of the same record (or subform row)
 * @throws Error when formulas use each other in a circle
 */
export function formulaRule(field: Field, fields: readonly Field[]): Rule {
  const formulas = new Map(fields.filter((one) => one.kind === "formula").map((one) => [one.key, one]));
  return rounded(field, formulas, 0);
}

function rounded(field: Field, formulas: ReadonlyMap<string, Field>, depth: number): Rule {
  if (depth > DEEPEST) throw new Error(`formula ${field.key} depends on itself`);
  const { rule, result, scale } = formulaOptions(field.options);
  const inlined = inline(rule, formulas, depth);
  return ROUNDED.has(result) ? { round: [inlined, scale] } : inlined;
}

const ROUNDED: ReadonlySet<string> = new Set(["number", "money", "percent"]);

function inline(rule: Rule, formulas: ReadonlyMap<string, Field>, depth: number): Rule {
  if (rule === null || typeof rule !== "object") return rule;
  if (Array.isArray(rule)) return rule.map((part: Rule) => inline(part, formulas, depth));
  const used = formulas.get(variableOf(rule) ?? "");
  if (used) return rounded(used, formulas, depth + 1);
  return Object.fromEntries(Object.entries(rule).map(([operator, args]) => [operator, inline(args, formulas, depth)]));
}

function variableOf(rule: Exclude<Rule, string | number | boolean | null>): string | null {
  if (Array.isArray(rule) || !Object.hasOwn(rule, "var")) return null;
  const path = (rule as { readonly [operator: string]: Rule }).var;
  const name = Array.isArray(path) ? path[0] : path;
  return typeof name === "string" ? name : null;
}
