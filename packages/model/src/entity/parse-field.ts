import { canonicalJson } from "../common/canonical-json.ts";
import { type Finding, finding, findingsAt, isClean, pointerTo } from "../common/finding.ts";
import type { Json, JsonObject, JsonSchema } from "../common/json.ts";
import { KEY_LENGTH, KEY_PATTERN } from "../common/shared-schemas.ts";
import type { LocalText } from "../common/text.ts";
import type { FieldKindModel, FieldKindRegistry } from "../field-kind.ts";
import type { SchemaCheck } from "../schema/check.ts";
import { compileSchema } from "../schema/compile-schema.ts";
import type { Field } from "./definition.ts";
import { RESERVED_FIELD_KEYS } from "./system-fields.ts";

/** The JSON Schema of an object whose properties are fields; it passed FIELDS_SCHEMA. */
export interface FieldsSchema {
  readonly properties: { readonly [key: string]: JsonObject };
  readonly required?: readonly string[];
  readonly "x-order"?: readonly string[];
}

/** Where fields stand. */
export interface FieldsPlace {
  readonly kinds: FieldKindRegistry;
  readonly isSubform: boolean;
  /** Checks the `items` of a subform for the shape of {@link FieldsSchema}. */
  readonly checkRows: SchemaCheck;
}

const KEY = new RegExp(KEY_PATTERN, "u");
/** Keywords that are about the field and not derived from its kind. */
const OWN: ReadonlySet<string> = new Set([
  "x-field",
  "x-label",
  "x-help",
  "x-options",
  "x-unique",
  "x-default",
  "readOnly",
]);

/**
 * Parses the properties of a record or of a row, in order.
 *
 * @param pointer of the object schema that holds them
 * @returns the fields that could be parsed, and everything that is wrong
 */
export function parseFields(
  schema: FieldsSchema,
  order: { readonly keys: readonly string[] | undefined; readonly pointer: string },
  pointer: string,
  place: FieldsPlace,
): { fields: Field[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const keys = orderOf(schema, order, findings);
  const required = new Set(schema.required ?? []);
  const fields: Field[] = [];
  for (const key of keys) {
    const at = pointerTo(pointer, "properties", key);
    const property = schema.properties[key];
    if (!property) continue;
    findings.push(...checkKey(key, at));
    const field = parseField({ key, schema: property, required: required.has(key) }, at, place, findings);
    if (field) fields.push(field);
  }
  (schema.required ?? []).forEach((key, index) => {
    if (!Object.hasOwn(schema.properties, key))
      findings.push(finding("unknownField", pointerTo(pointer, "required", index), { entity: "schema", field: key }));
  });
  findings.push(...stageCompanions(fields, place.kinds, pointer));
  return { fields, findings };
}

function orderOf(
  schema: FieldsSchema,
  order: { readonly keys: readonly string[] | undefined; readonly pointer: string },
  findings: Finding[],
): readonly string[] {
  const there = Object.keys(schema.properties);
  if (!order.keys) return there;
  const complete =
    order.keys.length === there.length && order.keys.every((key) => Object.hasOwn(schema.properties, key));
  if (complete) return order.keys;
  findings.push(finding("fieldOrder", order.pointer));
  return there;
}

function checkKey(key: string, pointer: string): Finding[] {
  if (!KEY.test(key) || key.length > KEY_LENGTH) return [finding("badKey", pointer, { key })];
  return RESERVED_FIELD_KEYS.has(key) ? [finding("reservedKey", pointer, { key })] : [];
}

/** A stage field has a column `<key>_since` beside it: no other field may be called that. */
function stageCompanions(fields: readonly Field[], kinds: FieldKindRegistry, pointer: string): Finding[] {
  const taken = new Set(fields.filter((field) => kinds[field.kind]?.flow).map((field) => `${field.key}_since`));
  return fields
    .filter((field) => taken.has(field.key))
    .map((field) => finding("reservedKey", pointerTo(pointer, "properties", field.key), { key: field.key }));
}

interface Given {
  readonly key: string;
  readonly schema: JsonObject;
  readonly required: boolean;
}

function parseField(given: Given, pointer: string, place: FieldsPlace, findings: Finding[]): Field | null {
  const name = String(given.schema["x-field"]);
  const kind = Object.hasOwn(place.kinds, name) ? place.kinds[name] : undefined;
  if (!kind) {
    findings.push(finding("unknownKind", pointerTo(pointer, "x-field"), { name }));
    return null;
  }
  const { options, isSound } = readOptions(kind, given.schema, pointer, findings);
  if (!isSound) return null;
  const rows = kind.hasRows ? parseRows(given.schema, pointer, place, findings) : undefined;
  const derived = kind.valueSchema(options, rows ?? []);
  findings.push(...contradictions(kind, given.schema, derived, pointer), ...misuse(kind, given, pointer, place));
  return assemble(kind, given, options, derived, rows);
}

function readOptions(
  kind: FieldKindModel,
  schema: JsonObject,
  pointer: string,
  findings: Finding[],
): { options: JsonObject; isSound: boolean } {
  const written = (schema["x-options"] ?? {}) as JsonObject;
  const options: Record<string, Json> = { ...kind.defaultOptions, ...written };
  for (const [keyword, option] of Object.entries(kind.keywordOptions ?? {})) {
    const value = schema[keyword];
    if (value !== undefined && !Object.hasOwn(written, option)) options[option] = value;
  }
  const at = pointerTo(pointer, "x-options");
  const shape = optionsCheck(kind)(options);
  const found = findingsAt(at, shape.length > 0 ? shape : kind.checkOptions(options));
  findings.push(...found);
  return { options, isSound: isClean(found) };
}

const optionChecks = new WeakMap<FieldKindModel, SchemaCheck>();

function optionsCheck(kind: FieldKindModel): SchemaCheck {
  const check = optionChecks.get(kind) ?? compileSchema(kind.optionsSchema);
  optionChecks.set(kind, check);
  return check;
}

function parseRows(schema: JsonObject, pointer: string, place: FieldsPlace, findings: Finding[]): Field[] {
  const at = pointerTo(pointer, "items");
  const shape = findingsAt(at, place.checkRows(schema.items ?? {}));
  if (shape.length > 0) {
    findings.push(...shape);
    return [];
  }
  const rows = schema.items as unknown as FieldsSchema;
  const order = { keys: rows["x-order"], pointer: pointerTo(at, "x-order") };
  const parsed = parseFields(rows, order, at, { ...place, isSubform: true });
  findings.push(...parsed.findings);
  return parsed.fields;
}

/** Standard keywords may be left out; written, they must say what the kind derives from its options. */
function contradictions(kind: FieldKindModel, schema: JsonObject, derived: JsonSchema, pointer: string): Finding[] {
  return Object.keys(schema).flatMap((keyword) => {
    if (OWN.has(keyword) || (kind.hasRows && keyword === "items")) return [];
    const at = pointerTo(pointer, keyword);
    if (!Object.hasOwn(derived, keyword)) return [finding("keywordNotAllowed", at, { keyword })];
    const same = sameKeyword(keyword, schema[keyword] as Json, derived[keyword] as Json);
    return same ? [] : [finding("contradictsKind", at, { keyword })];
  });
}

function sameKeyword(keyword: string, given: Json, derived: Json): boolean {
  const plain = (value: Json) =>
    keyword === "enum" && Array.isArray(value) ? canonicalJson([...value].sort()) : canonicalJson(value);
  return plain(given) === plain(derived);
}

function misuse(kind: FieldKindModel, { schema, required }: Given, pointer: string, place: FieldsPlace): Finding[] {
  const findings: Finding[] = [];
  if (place.isSubform && kind.canBeInSubform === false) findings.push(finding("notInSubform", pointer));
  if (schema["x-unique"] === true && (!kind.canBeUnique || place.isSubform)) {
    findings.push(finding("cannotBeUnique", pointerTo(pointer, "x-unique")));
  }
  if (required && kind.computed) findings.push(finding("cannotBeRequired", pointer));
  const fillsItself = kind.computed || kind.flow !== undefined || kind.hasRows;
  if (schema["x-default"] !== undefined && fillsItself) {
    findings.push(finding("cannotHaveDefault", pointerTo(pointer, "x-default")));
  }
  return findings;
}

function assemble(
  kind: FieldKindModel,
  { key, schema, required }: Given,
  options: JsonObject,
  derived: JsonSchema,
  rows: readonly Field[] | undefined,
): Field {
  const label = (schema["x-label"] ?? { en: titled(key) }) as LocalText;
  const help = schema["x-help"] as LocalText | undefined;
  const readOnly = kind.computed || schema.readOnly === true;
  const unique = schema["x-unique"] === true;
  const fallback = schema["x-default"];
  const full: JsonSchema = {
    ...derived,
    "x-field": kind.key,
    "x-label": label,
    "x-options": options,
    ...(help && { "x-help": help }),
    ...(unique && { "x-unique": true }),
    ...(fallback !== undefined && { "x-default": fallback }),
    ...(readOnly && { readOnly: true }),
  };
  return {
    key,
    kind: kind.key,
    label,
    ...(help && { help }),
    options,
    required,
    readOnly,
    unique,
    ...(fallback !== undefined && { default: fallback }),
    schema: full,
    ...(rows && { fields: rows }),
  };
}

/** "win_rate" as "Win rate": what a field without a label is called. */
function titled(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
