import { type Expression, PostgresQueryCompiler, type RootOperationNode } from "kysely";

/**
 * The text of an expression that has no parameters.
 *
 * @throws RangeError when it has some
 */
export function compileText(expression: Expression<unknown>): string {
  const node = expression.toOperationNode() as RootOperationNode;
  const { sql, parameters } = new PostgresQueryCompiler().compileQuery(node, { queryId: "" });
  if (parameters.length > 0) throw new RangeError("an expression that stands alone cannot have parameters");
  return sql;
}
