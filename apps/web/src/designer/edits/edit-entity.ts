import type { EntityDocument, JsonObject, JsonSchema } from "@formwright/model";
import { type FieldProperty, isObject, orderedKeys, printProperty, readProperty } from "./field-property.ts";

function properties(entity: EntityDocument): JsonObject {
  return isObject(entity.schema.properties) ? (entity.schema.properties as JsonObject) : {};
}

function required(entity: EntityDocument): readonly string[] {
  return Array.isArray(entity.schema.required) ? (entity.schema.required as string[]) : [];
}

function withSchema(
  entity: EntityDocument,
  props: JsonObject,
  needed: readonly string[],
  order: readonly string[],
): EntityDocument {
  const schema: JsonSchema = { ...entity.schema, type: "object", required: needed, properties: props };
  return { ...entity, schema, fieldOrder: order };
}

export function fieldKeys(entity: EntityDocument): string[] {
  return orderedKeys(entity.schema, entity.fieldOrder);
}

function setUnique(entity: EntityDocument, key: string, unique: boolean): EntityDocument {
  const others = (entity.unique ?? []).filter((group) => !(group.length === 1 && group[0] === key));
  const next = unique ? [...others, [key]] : others;
  if (next.length === (entity.unique ?? []).length && !unique) return entity;
  return { ...entity, unique: next };
}

/** Puts a new field at `index` of the entity's order (at the end when absent). */
export function addField(entity: EntityDocument, field: FieldProperty, index?: number): EntityDocument {
  const order = fieldKeys(entity);
  order.splice(index ?? order.length, 0, field.key);
  const next = withSchema(
    entity,
    { ...properties(entity), [field.key]: printProperty(field) },
    field.required ? [...required(entity), field.key] : required(entity),
    order,
  );
  return field.unique ? setUnique(next, field.key, true) : next;
}

/** Replaces a field by its changed self; a changed key renames it everywhere inside the entity. */
export function replaceField(entity: EntityDocument, key: string, field: FieldProperty): EntityDocument {
  const before = readProperty(entity.schema, key, entity.unique);
  if (!before) return entity;
  const renamed = (name: string) => (name === key ? field.key : name);
  const props = Object.fromEntries(
    Object.entries(properties(entity)).map(([name, value]) =>
      name === key ? [field.key, printProperty(field, value)] : [name, value],
    ),
  );
  const needed = required(entity)
    .filter((name) => name !== key)
    .concat(field.required ? [field.key] : []);
  const next: EntityDocument = {
    ...withSchema(entity, props, needed, fieldKeys(entity).map(renamed)),
    titleField: renamed(entity.titleField),
    ...(entity.unique ? { unique: entity.unique.map((group) => group.map(renamed)) } : {}),
    ...(entity.search ? { search: entity.search.map(renamed) } : {}),
    ...(entity.duplicates
      ? { duplicates: entity.duplicates.map((rule) => ({ ...rule, fields: rule.fields.map(renamed) })) }
      : {}),
  };
  return before.unique === field.unique ? next : setUnique(next, field.key, field.unique);
}

/**
 * Takes a field out of the entity, its unique keys, its search and its duplicate rules. Its column and values stay
 * in the database, out of sight.
 */
export function retireField(entity: EntityDocument, key: string): EntityDocument {
  const { [key]: _gone, ...props } = properties(entity);
  const next = withSchema(
    entity,
    props,
    required(entity).filter((name) => name !== key),
    fieldKeys(entity).filter((name) => name !== key),
  );
  return {
    ...next,
    ...(entity.unique ? { unique: entity.unique.filter((group) => !group.includes(key)) } : {}),
    ...(entity.search ? { search: entity.search.filter((name) => name !== key) } : {}),
    ...(entity.duplicates
      ? {
          duplicates: entity.duplicates
            .map((rule) => ({ ...rule, fields: rule.fields.filter((name) => name !== key) }))
            .filter((rule) => rule.fields.length > 0),
        }
      : {}),
  };
}

/** Puts an existing field directly before another one in the entity's order (at the end when `before` is null). */
export function moveField(entity: EntityDocument, key: string, before: string | null): EntityDocument {
  const order = fieldKeys(entity).filter((name) => name !== key);
  const index = before === null ? order.length : order.indexOf(before);
  order.splice(index < 0 ? order.length : index, 0, key);
  return { ...entity, fieldOrder: order };
}
