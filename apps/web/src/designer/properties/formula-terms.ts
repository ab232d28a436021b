import type { Rule } from "@formwright/rules";

export type FormulaOperator = "+" | "-" | "*" | "/";
export const FORMULA_OPERATORS: readonly FormulaOperator[] = ["+", "-", "*", "/"];

export type Operand =
  | { readonly type: "field"; readonly field: string }
  | { readonly type: "number"; readonly value: number };

/** A calculation from left to right, as the simple builder shows it: first operand, then operator and operand. */
export interface FormulaTerms {
  readonly first: Operand;
  readonly rest: readonly { readonly operator: FormulaOperator; readonly operand: Operand }[];
  /** Decimal places the result is rounded to; null leaves it. */
  readonly round: number | null;
}

/** The rule that the builder's terms mean. */
export function termsToRule(terms: FormulaTerms): Rule {
  const sum = terms.rest.reduce<Rule>(
    (left, { operator, operand }) => ({ [operator]: [left, operandToRule(operand)] }),
    operandToRule(terms.first),
  );
  return terms.round === null ? sum : { round: [sum, terms.round] };
}

/** The builder's terms for a rule, or null when the rule says more than the builder can show. */
export function ruleToTerms(rule: Rule | undefined): FormulaTerms | null {
  const rounded = argumentsOf(rule, "round");
  if (rounded) {
    const places = rounded[1] ?? 0;
    const inner = ruleToTerms(rounded[0]);
    return inner && inner.round === null && typeof places === "number" ? { ...inner, round: places } : null;
  }
  const operand = ruleToOperand(rule);
  if (operand) return { first: operand, rest: [], round: null };
  const operator = FORMULA_OPERATORS.find((name) => argumentsOf(rule, name));
  const args = operator && argumentsOf(rule, operator);
  if (!operator || !args || args.length < 2) return null;
  const left = ruleToTerms(args[0]);
  const right = args.slice(1).map(ruleToOperand);
  if (left?.round !== null || right.includes(null)) return null;
  const added = right.filter((item) => item !== null).map((item) => ({ operator, operand: item }));
  return { ...left, rest: [...left.rest, ...added] };
}

function argumentsOf(rule: Rule | undefined, operator: string): readonly Rule[] | null {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return null;
  const entries = Object.entries(rule);
  const [entry] = entries;
  return entries.length === 1 && entry?.[0] === operator && Array.isArray(entry[1]) ? entry[1] : null;
}

function operandToRule(operand: Operand): Rule {
  return operand.type === "field" ? { var: operand.field } : operand.value;
}

function ruleToOperand(rule: Rule | undefined): Operand | null {
  if (typeof rule === "number") return { type: "number", value: rule };
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return null;
  const path = (rule as { readonly [key: string]: Rule }).var;
  return typeof path === "string" && Object.keys(rule).length === 1 ? { type: "field", field: path } : null;
}
