import type { Entity, Field, Json } from "@formwright/model";
import type { Expression } from "kysely";

/** One physical column. `name` and `sql type` come from the model, never from a request. */
export interface ColumnSpec {
  readonly name: string;
  /** SQL type as PostgreSQL prints it (format_type), so that introspection compares equal: "numeric(18,2)", "text[]". */
  readonly type: string;
  /** The entity whose table the column points to. */
  readonly references?: { readonly entity: string; readonly onDelete: "restrict" | "set null" };
  /** SQL of a generated stored column. */
  readonly generated?: string;
}

/** What storage needs to know about the rest of the model. */
export interface StorageContext {
  readonly entity: Entity;
  /** The workspace's zone, for computed dates. */
  readonly timeZone: string;
}

/** How a field kind lies in PostgreSQL. Server only. */
export interface FieldStorage {
  readonly key: string;
  /** The columns of the record's own table; empty for subforms (which have a table of their own). */
  columns(field: Field, context: StorageContext): readonly ColumnSpec[];
  /** Values for those columns from a checked wire value (null empties). Bound as parameters with a cast to the column's type. */
  write(value: Json, field: Field): Readonly<Record<string, unknown>>;
  /** An SQL expression of the wire value as json/text/number, given the table's alias: what goes into json_build_object. */
  read(field: Field, alias: string): Expression<unknown>;
  /** The column that filters, sorts and groups by this field; null when it cannot. */
  filterColumn(field: Field): string | null;
  /** "btree" for comparisons, "gin" for arrays: how an index that serves a filter on it is built. */
  readonly indexMethod: "btree" | "gin";
}

export type FieldStorageRegistry = Readonly<Record<string, FieldStorage>>;
