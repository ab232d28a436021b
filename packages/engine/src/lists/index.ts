export {
  type AggregateQuery,
  aggregate,
  type GroupKey,
  type Measure,
  type MeasureFunction,
  type TimeBucket,
} from "./aggregate.ts";
export { countRecords, type RecordCount } from "./count-records.ts";
export { checkListQuery, DEFAULT_LIMIT, type ListQuery, MAX_LIMIT, parseSort, type SortKey } from "./list-query.ts";
export { listRecordsJson } from "./list-records.ts";
export { relatedJson } from "./related.ts";
