import { sql } from "kysely";
import type { FieldStorage } from "../storage-kind.ts";

/** No column of its own: the rows lie in the table `<entity>__<field>`, made of the columns of the row's fields. */
export const subformStorage: FieldStorage = {
  key: "subform",
  columns: () => [],
  write: () => ({}),
  read: () => sql`null`,
  filterColumn: () => null,
  indexMethod: "btree",
};
