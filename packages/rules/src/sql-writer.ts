import type { Node } from "./node.ts";

/** A piece of SQL, made by the writer alone. Nothing here knows the library behind it: operators run in the browser too. */
export interface SqlFragment {
  toOperationNode(): unknown;
}

export type SqlType =
  | "text"
  | "numeric"
  | "integer"
  | "boolean"
  | "date"
  | "timestamptz"
  | "uuid"
  | "text[]"
  | "uuid[]"
  | "numeric[]"
  | "date[]"
  | "timestamptz[]"
  | "boolean[]";

/** What operators write SQL with. Only fragments can be put into a text: a value has to become a literal first. */
export interface SqlWriter {
  text(strings: TemplateStringsArray, ...parts: readonly SqlFragment[]): SqlFragment;
  join(parts: readonly SqlFragment[], separator: " " | ", " | " and " | " or " | " + " | " * " | " || "): SqlFragment;
  /** A constant with its type. Bound as a parameter, or written out when the SQL has to stand alone. */
  literal(value: string | boolean | number | readonly string[] | null, type: SqlType): SqlFragment;
  /** The exact value of a node. */
  value(node: Node): SqlFragment;
  /** A boolean that is never null: null counts as false. */
  truth(node: Node): SqlFragment;
  /** A boolean for WHERE: null counts as false there. */
  condition(node: Node): SqlFragment;
  /** A scalar subquery over the rows of a variable; `select` writes what it selects. */
  overRows(rows: Node, select: (row: SqlWriter) => SqlFragment): SqlFragment;
  readonly environment: SqlFragments;
}

export interface SqlFragments {
  readonly now: SqlFragment;
  readonly today: SqlFragment;
  readonly me: SqlFragment;
  readonly myDepartment: SqlFragment;
  readonly timeZone: SqlFragment;
}
