export {
  addImport,
  endLease,
  type ImportState,
  leaseImport,
  readImport,
  type StoredImport,
  startImport,
  updateImport,
} from "./stored-import.ts";
