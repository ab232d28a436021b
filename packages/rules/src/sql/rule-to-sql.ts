import { type Expression, sql } from "kysely";
import { RuleError, ruleFinding } from "../finding.ts";
import type { Node } from "../node.ts";
import { parseRule } from "../parse-rule.ts";
import { typeRule } from "../type-rule.ts";
import type { Rule, RuleType } from "../types.ts";
import { isVolatile } from "../variables.ts";
import { compileText } from "./compile-text.ts";
import type { SqlEnvironment } from "./environment.ts";
import type { SqlScope } from "./scope.ts";
import { createWriter } from "./writer.ts";

export interface RuleToSqlOptions {
  /** The type that the rule has to give. */
  readonly expected?: RuleType;
}

/**
 * A rule as an SQL expression with exactly the value that `evaluate` gives; conditions are never NULL.
 *
 * @throws RuleError when the rule was not checked against this scope before
 */
export function ruleToSql(
  rule: Rule,
  scope: SqlScope,
  environment: SqlEnvironment,
  options: RuleToSqlOptions = {},
): Expression<unknown> {
  const node = typed(rule, scope, options.expected);
  return createWriter(scope, environment, "bound").value(node) as Expression<unknown>;
}

/**
 * A rule as a condition for WHERE (or FILTER, or ON): true for the same rows as `ruleToSql`, but NULL may stand for
 * false, so that plain comparisons stay plain and indexes serve them.
 *
 * @throws RuleError when the rule was not checked against this scope before, or is no condition
 */
export function ruleToCondition(rule: Rule, scope: SqlScope, environment: SqlEnvironment): Expression<boolean> {
  const node = typed(rule, scope, "boolean");
  return createWriter(scope, environment, "bound").condition(node) as Expression<boolean>;
}

/**
 * A rule as SQL text without parameters, of immutable functions only: for generated columns and index expressions.
 *
 * @param timeZone IANA name: whose dates moments have
 * @throws RuleError when the rule depends on who asks or when, reads rows, or was not checked against this scope
 */
export function ruleToStoredSql(rule: Rule, scope: SqlScope, timeZone: string, options: RuleToSqlOptions = {}): string {
  if (isVolatile(rule)) throw new RuleError([ruleFinding("", "volatile", { operator: "today, now, me" })]);
  const none = sql`null`;
  const environment = {
    now: none,
    today: none,
    me: none,
    myDepartment: none,
    timeZone: sql`${sql.lit(timeZone)}::text`,
  };
  const node = typed(rule, scope, options.expected);
  return compileText(createWriter(scope, environment, "written").value(node) as Expression<unknown>);
}

function typed(rule: Rule, scope: SqlScope, expected: RuleType | undefined): Node {
  const parsed = parseRule(rule);
  if (!parsed.ok) throw new RuleError(parsed.findings);
  const { node, findings } = typeRule(parsed.value, scope, expected);
  if (findings.length > 0) throw new RuleError(findings);
  return node;
}
