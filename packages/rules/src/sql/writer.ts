import { type Expression, type RawBuilder, sql } from "kysely";
import { isNullable, type LiteralNode, type NodeType, type VariableNode } from "../node.ts";
import type { SqlFragment, SqlType, SqlWriter } from "../sql-writer.ts";
import { Decimal, decimalText } from "../values/decimal.ts";
import { Instant } from "../values/instant.ts";
import type { SqlEnvironment } from "./environment.ts";
import type { SqlScope } from "./scope.ts";

/** Constants are bound as parameters, or written into the text where parameters cannot be (generated columns). */
export type LiteralStyle = "bound" | "written";

/** What operators write their SQL with, over Kysely. */
export function createWriter(scope: SqlScope, environment: SqlEnvironment, style: LiteralStyle): SqlWriter {
  const writer: SqlWriter = {
    environment: environment as SqlEnvironment & SqlWriter["environment"],
    text: (strings, ...parts) => sql(strings, ...parts),
    join: (parts, separator) => sql.join([...parts], sql.raw(separator)),
    literal: (value, type) => literal(value, type, style),
    value(node) {
      if (node.kind === "literal") return constant(node, writer);
      if (node.kind === "variable") return column(node, scope);
      if (node.kind === "call") return node.operator.toSql(node, writer);
      throw new TypeError("a list has no value of its own: `in` writes it");
    },
    truth: (node) => (isNullable(node) ? sql`coalesce(${part(writer.value(node))}, false)` : writer.value(node)),
    condition(node) {
      if (node.kind !== "call") return writer.value(node);
      return (node.operator.toCondition ?? node.operator.toSql)(node, writer);
    },
    overRows(node, select) {
      const path = node.kind === "variable" ? node.path : "";
      const rows = scope.rows?.(path);
      if (!rows) throw new TypeError(`the rows of "${path}" cannot be reached here`);
      return rows.subquery(select(createWriter(rows.scope, environment, style)) as Expression<unknown>);
    },
  };
  return writer;
}

function part(fragment: SqlFragment): Expression<unknown> {
  return fragment as Expression<unknown>;
}

function column(node: VariableNode, scope: SqlScope): SqlFragment {
  const expression = scope.column(node.path);
  // Whole numbers would overflow and divide as such; for numeric columns the cast is nothing, also to an index.
  return node.type === "number" ? sql`${expression}::numeric` : expression;
}

const SQL_TYPES = {
  text: "text",
  number: "numeric",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
  id: "uuid",
  textList: "text[]",
  idList: "uuid[]",
  records: "text",
  null: "text",
  unknown: "text",
} as const satisfies Record<NodeType, SqlType>;

function constant(node: LiteralNode, writer: SqlWriter): SqlFragment {
  const { value } = node;
  const type = SQL_TYPES[node.type];
  if (value instanceof Decimal) return writer.literal(decimalText(value), type);
  if (value instanceof Instant) return writer.literal(value.toText(), type);
  return writer.literal(value as string | boolean | null | readonly string[], type);
}

function literal(value: Parameters<SqlWriter["literal"]>[0], type: SqlType, style: LiteralStyle): RawBuilder<unknown> {
  const cast = sql.raw(type);
  // Numbers come from the operators themselves, never from a rule: those are decimals as text.
  if (typeof value === "number") return sql.raw(String(Math.trunc(value)));
  if (style === "bound") return sql`${sql.val(value)}::${cast}`;
  if (!Array.isArray(value)) return sql`${sql.lit(value as string)}::${cast}`;
  return value.length === 0 ? sql`'{}'::${cast}` : sql`array[${sql.join(value.map((item) => sql.lit(item)))}]::${cast}`;
}
