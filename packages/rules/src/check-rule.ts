import { parseRule } from "./parse-rule.ts";
import { typeRule } from "./type-rule.ts";
import type { Rule, RuleFinding, RuleScope, RuleType } from "./types.ts";

export interface CheckedRule {
  /** What the rule gives; "null" when it gives nothing or is not clear because of the findings. */
  readonly type: RuleType;
  /** Empty when the rule can be stored and run. */
  readonly findings: readonly RuleFinding[];
}

/**
 * Checks a rule whole: bounds, operators, names, types.
 *
 * @param scope the variables that it may name
 * @param expected the type that it has to give; any when absent
 */
export function checkRule(rule: Rule, scope: RuleScope, expected?: RuleType): CheckedRule {
  const parsed = parseRule(rule);
  if (!parsed.ok) return { type: "null", findings: parsed.findings };
  const { node, findings } = typeRule(parsed.value, scope, expected);
  return { type: node.type === "unknown" ? "null" : node.type, findings };
}
