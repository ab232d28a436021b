export { type CheckedRule, checkRule } from "./check-rule.ts";
export { describeOperators, type OperatorDescription } from "./describe-operators.ts";
export { evaluate, holds } from "./evaluate.ts";
export { RULE_FINDING_MESSAGES, RuleError, type RuleFindingCode, ruleFinding } from "./finding.ts";
export type { OperatorGroup } from "./operator.ts";
export { isPath, type ParsedRule, parseRule, RULE_LIMITS } from "./parse-rule.ts";
export { TYPE_WORDS } from "./type-words.ts";
export type * from "./types.ts";
export { isVolatile, variablesOf } from "./variables.ts";
