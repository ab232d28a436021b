import { FIELD_KINDS } from "@formwright/fields/model";
import type { Field, FieldKindModel, FieldKindRegistry } from "@formwright/model";

/**
 * What a field's kind is.
 *
 * @throws Error when nobody registered its kind: a published model never names one
 */
export function fieldKindOf(field: Field): FieldKindModel {
  const kind = (FIELD_KINDS as FieldKindRegistry)[field.kind];
  if (!kind) throw new Error(`no field kind ${field.kind}`);
  return kind;
}
