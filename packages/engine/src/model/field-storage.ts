import type { FieldStorage, FieldStorageRegistry } from "@formwright/fields/storage";
import { FIELD_STORAGE } from "@formwright/fields/storage";
import type { Field } from "@formwright/model";

/**
 * How a field lies in PostgreSQL.
 *
 * @throws Error when nobody registered its kind: a published model never names one
 */
export function storageOf(field: Field): FieldStorage {
  const storage = (FIELD_STORAGE as FieldStorageRegistry)[field.kind];
  if (!storage) throw new Error(`no storage for field kind ${field.kind}`);
  return storage;
}
