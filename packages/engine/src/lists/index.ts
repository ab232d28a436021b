export { countRecords, type RecordCount } from "./count-records.ts";
export { DEFAULT_LIMIT, type ListQuery, MAX_LIMIT, parseSort, type SortKey } from "./list-query.ts";
export { listRecordsJson } from "./list-records.ts";
