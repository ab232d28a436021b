import type { Expression } from "kysely";
import type { RuleScope } from "../types.ts";

/** Where the variables of a rule lie in the database. */
export interface SqlScope extends RuleScope {
  /**
   * The value of a path that `resolve` knows: a column, or what walks a reference. Its SQL type belongs to the rule type:
   * text, numeric (or any other exact number), boolean, date, timestamptz, uuid, text[], uuid[].
   */
  column(path: string): Expression<unknown>;
  /** The rows of a path of type `records`. */
  rows?(path: string): SqlRows;
}

/** The rows of a subform as a subquery. */
export interface SqlRows {
  /** The columns of one row, as they are named inside the subquery. */
  readonly scope: SqlScope;
  /** `(select <selection> from <rows> where <they belong to the record>)`, in parentheses. */
  subquery(selection: Expression<unknown>): Expression<unknown>;
}
