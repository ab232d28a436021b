export { boundEnvironment, type SqlEnvironment } from "./environment.ts";
export { type RuleToSqlOptions, ruleToCondition, ruleToSql, ruleToStoredSql } from "./rule-to-sql.ts";
export type { SqlRows, SqlScope } from "./scope.ts";
