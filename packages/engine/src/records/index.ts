export {
  entityOf,
  findRecordJson,
  getRecordJson,
  isUuid,
  type ReadRecordOptions,
  type RecordJson,
  readableVersions,
  readRecordData,
} from "./read-record.ts";
export type * from "./record-change.ts";
