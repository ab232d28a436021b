import { columnStorage } from "../storage/column-storage.ts";
import type { FieldStorage } from "../storage-kind.ts";

const column = columnStorage({ key: "stage", type: () => "text" });

/** The stage, and since when: `<key>_since` is set by whatever moves the record. */
export const stageStorage: FieldStorage = {
  ...column,
  columns: (field, context) => [
    ...column.columns(field, context),
    { name: `${field.key}_since`, type: "timestamp with time zone" },
  ],
};
