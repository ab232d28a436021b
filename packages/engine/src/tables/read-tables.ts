import { sql } from "kysely";
import type { Db } from "../context.ts";

export interface ActualColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly isGenerated: boolean;
  readonly comment: string | null;
}

export interface ActualForeignKey {
  readonly name: string;
  readonly column: string;
  readonly target: string;
  readonly onDelete: "restrict" | "set null" | "cascade" | "no action";
}

export interface ActualIndex {
  readonly name: string;
  readonly isUnique: boolean;
  readonly isValid: boolean;
  readonly comment: string | null;
}

/** A table as it is in PostgreSQL. */
export interface ActualTable {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ActualColumn>;
  readonly foreignKeys: ReadonlyMap<string, ActualForeignKey>;
  readonly indexes: ReadonlyMap<string, ActualIndex>;
}

const ON_DELETE: Readonly<Record<string, ActualForeignKey["onDelete"]>> = {
  r: "restrict",
  n: "set null",
  c: "cascade",
};

/** The record tables of a workspace (not its runtime tables), read from PostgreSQL's own catalogue. */
export async function readTables(db: Db, schema: string): Promise<ReadonlyMap<string, ActualTable>> {
  const tables = new Map<
    string,
    {
      name: string;
      columns: Map<string, ActualColumn>;
      foreignKeys: Map<string, ActualForeignKey>;
      indexes: Map<string, ActualIndex>;
    }
  >();
  const columns = await sql<ActualColumn & { table: string }>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as "notNull", a.attgenerated <> '' as "isGenerated", col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = ${schema} and c.relkind = 'r' and left(c.relname, 3) <> 'fw_'
    order by c.relname, a.attnum`.execute(db);
  for (const { table, ...column } of columns.rows) {
    let known = tables.get(table);
    if (!known) {
      known = { name: table, columns: new Map(), foreignKeys: new Map(), indexes: new Map() };
      tables.set(table, known);
    }
    known.columns.set(column.name, column);
  }
  const keys = await sql<{ table: string; name: string; column: string; target: string; code: string }>`
    select c.relname as "table", k.conname as name, a.attname as column, t.relname as target, k.confdeltype as code
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = k.confrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where n.nspname = ${schema} and k.contype = 'f'`.execute(db);
  for (const { table, code, ...key } of keys.rows)
    tables.get(table)?.foreignKeys.set(key.name, { ...key, onDelete: ON_DELETE[code] ?? "no action" });
  const indexes = await sql<ActualIndex & { table: string }>`
    select c.relname as "table", i.relname as name, x.indisunique as "isUnique", x.indisvalid as "isValid",
      obj_description(i.oid, 'pg_class') as comment
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and not x.indisprimary`.execute(db);
  for (const { table, ...index } of indexes.rows) tables.get(table)?.indexes.set(index.name, index);
  return tables;
}
