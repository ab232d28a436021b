export { deriveIndexes, type IndexSpec } from "./derive-indexes.ts";
export { readTables } from "./read-tables.ts";
export { type IndexReport, reconcileIndexes } from "./reconcile-indexes.ts";
export { sinceColumn, subformTable } from "./table-spec.ts";
