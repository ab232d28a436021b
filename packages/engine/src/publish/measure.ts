import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../context.ts";
import type { ActualTable } from "../tables/read-tables.ts";

/** Counts records for a plan. A table or column that is not there yet holds none. */
export class Measure {
  readonly #db: Db | Tx;
  readonly #schema: string;
  readonly #tables: ReadonlyMap<string, ActualTable>;

  constructor(db: Db | Tx, schema: string, tables: ReadonlyMap<string, ActualTable>) {
    this.#db = db;
    this.#schema = schema;
    this.#tables = tables;
  }

  /** True when the column is there, perhaps out of sight. */
  has(table: string, column: string): boolean {
    return this.#tables.get(table)?.columns.has(column) ?? false;
  }

  /** True when the table is there, perhaps out of sight. */
  hasTable(table: string): boolean {
    return this.#tables.has(table);
  }

  typeOf(table: string, column: string): string | null {
    return this.#tables.get(table)?.columns.get(column)?.type ?? null;
  }

  /** Rows for which a condition over the table holds; rows in the recycle bin count, because constraints count them. */
  async count(table: string, condition: RawBuilder<unknown> = sql`true`): Promise<number> {
    if (!this.#tables.has(table)) return 0;
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.id(this.#schema, table)} where ${condition}`.execute(this.#db);
    return Number(found.rows[0]?.n ?? 0);
  }

  /** Values that are the id of no record of another entity. */
  async dangling(table: string, column: string, target: string): Promise<number> {
    const value = sql.ref(`${table}.${column}`);
    if (!this.#tables.has(target)) return this.count(table, sql`${value} is not null`);
    return this.count(
      table,
      sql`${value} is not null and not exists (
        select 1 from ${sql.id(this.#schema, target)} "the target" where "the target".id = ${value})`,
    );
  }

  /** Combinations of values that more than one record outside the bin has, with examples. */
  async duplicates(table: string, columns: readonly string[]): Promise<{ count: number; examples: readonly string[] }> {
    if (!columns.every((column) => this.has(table, column))) return { count: 0, examples: [] };
    const names = sql.join(columns.map((column) => sql.id(column)));
    const filled = sql.join(
      columns.map((column) => sql`${sql.id(column)} is not null`),
      sql` and `,
    );
    const found = await sql<{ n: number; example: string }>`
      select count(*) over () as n, concat_ws(', ', ${names}) as example from ${sql.id(this.#schema, table)}
      where deleted_at is null and ${filled} group by ${names} having count(*) > 1 limit 3`.execute(this.#db);
    return { count: Number(found.rows[0]?.n ?? 0), examples: found.rows.map((row) => row.example) };
  }
}
