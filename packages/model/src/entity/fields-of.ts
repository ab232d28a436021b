import type { Entity, Field } from "./definition.ts";
import { SYSTEM_FIELDS, type SystemField } from "./system-fields.ts";

const indexes = new WeakMap<Entity, ReadonlyMap<string, Field>>();
const SYSTEM = new Map(SYSTEM_FIELDS.map((field) => [field.key, field]));

/** The fields of an entity by key; made once for each entity object. */
export function fieldsByKey(entity: Entity): ReadonlyMap<string, Field> {
  const index = indexes.get(entity) ?? new Map(entity.fields.map((field) => [field.key, field]));
  indexes.set(entity, index);
  return index;
}

/** The field with this key; null when there is none (system fields are no fields: see {@link systemField}). */
export function fieldOf(entity: Entity, key: string): Field | null {
  return fieldsByKey(entity).get(key) ?? null;
}

/** The system field with this key, or null. */
export function systemField(key: string): SystemField | null {
  return SYSTEM.get(key) ?? null;
}
