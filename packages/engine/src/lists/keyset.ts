import { createHash } from "node:crypto";
import { Problem } from "@formwright/model";
import type { RuleType } from "@formwright/rules";
import { type Expression, type RawBuilder, sql } from "kysely";
import { slot } from "../records/statement.ts";

/** One key of an order: empty values come last either way. */
export interface OrderKey {
  readonly expression: Expression<unknown>;
  readonly direction: "asc" | "desc";
  /** SQL type that a value of the cursor is cast to. */
  readonly type: string;
  readonly isNullable: boolean;
}

export const SQL_TYPES: Readonly<Partial<Record<RuleType, string>>> = {
  text: "text",
  number: "numeric",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
  id: "uuid",
};

/**
 * ORDER BY in the words that a plain index can serve: where a column is never empty the place of nulls is left out, so
 * that one index serves both directions.
 */
export function orderBy(keys: readonly OrderKey[], expression = (key: OrderKey, _index: number) => key.expression) {
  return sql.join(
    keys.map((key, index) => {
      const nulls = key.isNullable ? " nulls last" : "";
      return sql`${expression(key, index)} ${sql.raw(key.direction + nulls)}`;
    }),
  );
}

/**
 * The rows after a position, as conditions that each name one range of an index; together they name every later row once.
 * Written as one OR they would mean the same, and be walked from the start.
 *
 * @param isNull whether the position's value is empty, for each key
 */
export function rangesAfter(keys: readonly OrderKey[], isNull: readonly boolean[]): readonly RawBuilder<boolean>[] {
  return after(keys, isNull, 0, []);
}

function after(
  keys: readonly OrderKey[],
  isNull: readonly boolean[],
  start: number,
  prefix: readonly RawBuilder<boolean>[],
): readonly RawBuilder<boolean>[] {
  const first = keys[start];
  if (!first) return [];
  // Nulls come last: after an empty value there are only other empty ones.
  if (isNull[start]) return after(keys, isNull, start + 1, [...prefix, sql<boolean>`${first.expression} is null`]);
  let end = start;
  while (end < keys.length && !isNull[end] && keys[end]?.direction === first.direction) end++;
  const run = keys.slice(start, end);
  const sign = sql.raw(first.direction === "asc" ? ">" : "<");
  const names = sql.join(run.map((key) => key.expression));
  const values = sql.join(run.map((key, index) => valueAt(key, start + index)));
  const ranges = [all([...prefix, sql<boolean>`(${names}) ${sign} (${values})`])];
  const same = [...prefix];
  for (const [index, key] of run.entries()) {
    if (key.isNullable) ranges.push(all([...same, sql<boolean>`${key.expression} is null`]));
    same.push(sql<boolean>`${key.expression} = ${valueAt(key, start + index)}`);
  }
  return [...ranges, ...after(keys, isNull, end, same)];
}

function valueAt(key: OrderKey, index: number): RawBuilder<unknown> {
  return slot(`k${index}`, key.type);
}

function all(parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

/** A position in a list: the order's values at the last record that was given, as PostgreSQL prints them. */
export interface Position {
  readonly values: readonly (string | null)[];
}

/** What a cursor belongs to: everything that decides which records come in which order. */
export function queryFingerprint(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);
}

export function writeCursor(fingerprint: string, values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([fingerprint, ...values])).toString("base64url");
}

/**
 * @throws Problem `malformed` when the text is no cursor, or one of another query
 */
export function readCursor(cursor: string, fingerprint: string, keys: number): Position {
  const parsed = parseCursor(cursor);
  if (!parsed || parsed[0] !== fingerprint || parsed.length !== keys + 1) throw wrongCursor();
  return { values: parsed.slice(1) };
}

function wrongCursor(): Problem {
  return new Problem("malformed", {
    en: "This cursor belongs to another query. Start again from the first page.",
    "zh-CN": "游标不属于此查询，请从第一页重新开始。",
  });
}

/** Data that PostgreSQL cannot take (SQLSTATE class 22) under a cursor: somebody wrote into it. Anything else passes. */
export function asCursorProblem(error: unknown): unknown {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && code.startsWith("22") ? wrongCursor() : error;
}

function parseCursor(cursor: string): (string | null)[] | null {
  if (cursor.length > 4096) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(value)) return null;
    return value.every((item) => item === null || typeof item === "string") ? value : null;
  } catch {
    return null;
  }
}
