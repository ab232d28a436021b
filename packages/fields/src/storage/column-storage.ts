import type { Field } from "@formwright/model";
import { sql } from "kysely";
import type { ColumnSpec, FieldStorage } from "../storage-kind.ts";

/** What a kind with one column of its own says: the column's type and where it points. */
interface OneColumn {
  readonly key: string;
  /** As format_type prints it. */
  type(field: Field): string;
  references?(field: Field): ColumnSpec["references"];
  readonly indexMethod?: FieldStorage["indexMethod"];
}

/** Storage of a field that is one column, named after its key, whose value goes in and out as it is. */
export function columnStorage({ key, type, references, indexMethod = "btree" }: OneColumn): FieldStorage {
  return {
    key,
    columns(field) {
      const target = references?.(field);
      return [{ name: field.key, type: type(field), ...(target && { references: target }) }];
    },
    write: (value, field) => ({ [field.key]: value }),
    read: (field, alias) => sql.ref(`${alias}.${field.key}`),
    filterColumn: (field) => field.key,
    indexMethod,
  };
}

/** The type of every exact number: 18 digits, as many of them decimal places as the field's options say. */
export function numericType(field: Field): string {
  return `numeric(18,${Number(field.options.scale)})`;
}
