import type { EntityDocument, JsonObject, LocalText } from "@formwright/model";

/** One field as the designer edits it: read from, and written to, a property of the entity's JSON Schema. */
export interface FieldProperty {
  readonly key: string;
  readonly kind: string;
  readonly label: LocalText;
  readonly help?: LocalText;
  readonly options: JsonObject;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly unique: boolean;
  /** The columns of a subform. */
  readonly columns?: readonly FieldProperty[];
}

type SchemaPart = { readonly [key: string]: unknown };

/** Keywords that a person wrote and no kind derives: they survive when a property is written anew. */
const KEPT_KEYWORDS = ["x-default"] as const;

export function isObject(value: unknown): value is SchemaPart {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function propertiesOf(schema: SchemaPart): SchemaPart {
  return isObject(schema.properties) ? schema.properties : {};
}

/** The keys of a schema's properties, in the given order; those it does not name come last. */
export function orderedKeys(schema: SchemaPart, order: readonly string[] = []): string[] {
  const present = Object.keys(propertiesOf(schema));
  const named = order.filter((key) => present.includes(key));
  return [...named, ...present.filter((key) => !named.includes(key))];
}

/** Reads one property of an object schema; null when there is none of that key. */
export function readProperty(
  schema: SchemaPart,
  key: string,
  unique: readonly (readonly string[])[] = [],
): FieldProperty | null {
  const property = propertiesOf(schema)[key];
  if (!isObject(property)) return null;
  const items = isObject(property.items) ? property.items : null;
  const help = isObject(property["x-help"]) ? (property["x-help"] as LocalText) : undefined;
  return {
    key,
    kind: typeof property["x-field"] === "string" ? property["x-field"] : "text",
    label: isObject(property["x-label"]) ? (property["x-label"] as LocalText) : {},
    ...(help ? { help } : {}),
    options: isObject(property["x-options"]) ? (property["x-options"] as JsonObject) : {},
    required: textList(schema.required).includes(key),
    readOnly: property.readOnly === true,
    unique: property["x-unique"] === true || unique.some((group) => group.length === 1 && group[0] === key),
    ...(property["x-field"] === "subform" && items ? { columns: readColumns(items) } : {}),
  };
}

function readColumns(items: SchemaPart): FieldProperty[] {
  const order = textList(items["x-order"] ?? items.fieldOrder);
  return orderedKeys(items, order)
    .map((key) => readProperty(items, key))
    .filter((column) => column !== null);
}

/** Every field of an entity, in order. */
export function readFields(entity: EntityDocument): FieldProperty[] {
  return orderedKeys(entity.schema, entity.fieldOrder)
    .map((key) => readProperty(entity.schema, key, entity.unique))
    .filter((field) => field !== null);
}

/**
 * The property for a field: what a person says of it and nothing that its kind derives, so that keywords left over
 * from earlier options cannot contradict the new ones.
 */
export function printProperty(field: FieldProperty, before?: unknown): JsonObject {
  const kept = isObject(before)
    ? Object.fromEntries(KEPT_KEYWORDS.filter((key) => key in before).map((key) => [key, before[key]]))
    : {};
  return {
    ...(kept as JsonObject),
    "x-field": field.kind,
    ...(hasText(field.label) ? { "x-label": field.label as JsonObject } : {}),
    ...(hasText(field.help) ? { "x-help": field.help as JsonObject } : {}),
    ...(Object.keys(field.options).length > 0 ? { "x-options": field.options } : {}),
    ...(field.readOnly ? { readOnly: true } : {}),
    ...(field.columns ? { type: "array", items: printColumns(field.columns) } : {}),
  };
}

/** False for a text that is empty in every language: those are left out. */
export function hasText(text: LocalText | undefined): text is LocalText {
  return text !== undefined && Object.values(text).some(Boolean);
}

function printColumns(columns: readonly FieldProperty[]): JsonObject {
  return {
    type: "object",
    required: columns.filter((column) => column.required).map((column) => column.key),
    properties: Object.fromEntries(columns.map((column) => [column.key, printProperty(column)])),
    "x-order": columns.map((column) => column.key),
  };
}
