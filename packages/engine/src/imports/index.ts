export {
  addImport,
  endLease,
  type ImportState,
  leaseImport,
  postponeImport,
  readImport,
  type StoredImport,
  startImport,
  updateImport,
} from "./stored-import.ts";
