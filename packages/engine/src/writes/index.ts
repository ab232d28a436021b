export { type Duplicate, findDuplicates } from "../duplicates/find-duplicates.ts";
export { type BulkInput, type BulkOptions, type BulkResult, type BulkUpdate, bulk, MAX_BULK_ROWS } from "./bulk.ts";
export { checkNewRecord } from "./check-new-record.ts";
export { createRecord, type WriteResult } from "./create-record.ts";
export { deleteRecord, purgeRecord, restoreRecord } from "./delete-record.ts";
export { updateRecord } from "./update-record.ts";
export { evaluateRule, type RecordInput, type WriteOptions } from "./write-input.ts";
