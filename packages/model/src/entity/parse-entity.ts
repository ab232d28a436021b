import { type Finding, finding, isClean, type Parsed, pointerTo } from "../common/finding.ts";
import type { JsonSchema } from "../common/json.ts";
import type { FieldKindModel, FieldKindRegistry } from "../field-kind.ts";
import { compileSchema } from "../schema/compile-schema.ts";
import type { DuplicateRule, Entity, EntityDocument, Field } from "./definition.ts";
import { type FieldsSchema, parseFields } from "./parse-field.ts";
import { ENTITY_SCHEMA, FIELDS_SCHEMA } from "./schema.ts";

const checkShape = compileSchema(ENTITY_SCHEMA);
const checkRows = compileSchema(FIELDS_SCHEMA);

/** PostgreSQL cuts longer names off, silently. */
const LONGEST_TABLE_NAME = 63;
const RESERVED_ENTITY_KEYS: ReadonlySet<string> = new Set(["constructor", "prototype"]);
const SEARCHED = new Set(["text", "longtext", "email", "phone", "url", "autonumber", "tags"]);

/**
 * Parses an entity document: its JSON Schema, completed by what the field kinds derive from their options.
 *
 * @param doc anything that somebody sent
 * @param kinds the registry of fields/model
 * @returns the entity with ordered fields, or everything that is wrong, with pointers into `doc`
 */
export function parseEntity(doc: unknown, kinds: FieldKindRegistry): Parsed<Entity> {
  const shape = checkShape(doc);
  if (shape.length > 0) return { ok: false, findings: shape };
  const document = doc as EntityDocument;
  const schema = document.schema as unknown as FieldsSchema;
  const order = document.fieldOrder
    ? { keys: document.fieldOrder, pointer: "/fieldOrder" }
    : { keys: schema["x-order"], pointer: "/schema/x-order" };
  const { fields, findings } = parseFields(schema, order, "/schema", { kinds, isSubform: false, checkRows });
  const entity = assemble(document, fields);
  findings.push(...checkEntity(document, entity, kinds, new Set(Object.keys(schema.properties))));
  return isClean(findings) ? { ok: true, value: entity, findings } : { ok: false, findings };
}

function assemble(document: EntityDocument, parsed: readonly Field[]): Entity {
  const written = document.unique ?? [];
  const alone = new Set(written.filter((keys) => keys.length === 1).map(([key]) => key));
  const fields = parsed.map((field) => (alone.has(field.key) && !field.unique ? madeUnique(field) : field));
  const single = fields.filter((field) => field.unique).map((field) => [field.key]);
  return {
    kind: "entity",
    key: document.key,
    label: document.label,
    ...(document.plural && { plural: document.plural }),
    ...(document.description && { description: document.description }),
    ...(document.icon && { icon: document.icon }),
    ...(document.color && { color: document.color }),
    titleField: document.titleField,
    fields,
    unique: [...single, ...written.filter((keys) => keys.length > 1)],
    duplicates: (document.duplicates ?? []).map(completed),
    search: document.search ?? [],
    system: document.system ?? false,
  };
}

function madeUnique(field: Field): Field {
  return { ...field, unique: true, schema: { ...field.schema, "x-unique": true } };
}

function completed(rule: Partial<DuplicateRule> & Pick<DuplicateRule, "fields">): DuplicateRule {
  return {
    key: rule.key ?? rule.fields.join("_").slice(0, 40),
    fields: rule.fields,
    match: rule.match ?? "normalized",
    on: rule.on ?? "warn",
  };
}

function checkEntity(
  document: EntityDocument,
  entity: Entity,
  kinds: FieldKindRegistry,
  there: ReadonlySet<string>,
): Finding[] {
  const { key } = document;
  const findings: Finding[] = [];
  if (key.startsWith("fw_") || RESERVED_ENTITY_KEYS.has(key)) findings.push(finding("reservedKey", "/key", { key }));
  for (const field of entity.fields) {
    if (!field.fields || key.length + 2 + field.key.length <= LONGEST_TABLE_NAME) continue;
    findings.push(finding("keyTooLong", pointerTo("/schema/properties", field.key), { limit: LONGEST_TABLE_NAME - 2 }));
  }
  findings.push(...checkTitle(entity, kinds, there), ...checkLists(document, entity, kinds, there));
  return findings;
}

function checkTitle(entity: Entity, kinds: FieldKindRegistry, there: ReadonlySet<string>): Finding[] {
  const field = entity.titleField;
  if (!there.has(field)) return [finding("unknownField", "/titleField", { entity: entity.key, field })];
  const kind = entity.fields.find((one) => one.key === field)?.kind;
  return kind && !kinds[kind]?.canBeTitle ? [finding("cannotBeTitle", "/titleField", { field })] : [];
}

function checkLists(
  document: EntityDocument,
  entity: Entity,
  kinds: FieldKindRegistry,
  there: ReadonlySet<string>,
): Finding[] {
  const findings: Finding[] = [];
  const byKey = new Map(entity.fields.map((field) => [field.key, field]));
  const check = (keys: readonly string[], pointer: string, refuse: (field: Field, at: string) => Finding | null) =>
    keys.forEach((key, index) => {
      const at = pointerTo(pointer, index);
      const field = byKey.get(key);
      if (!there.has(key)) findings.push(finding("unknownField", at, { entity: entity.key, field: key }));
      const refused = field ? refuse(field, at) : null;
      if (refused) findings.push(refused);
    });
  (document.unique ?? []).forEach((keys, index) => {
    const isFit = keys.length === 1 ? canBeUnique : canBePartOfUnique;
    check(keys, pointerTo("/unique", index), (field, at) =>
      isFit(kinds[field.kind]) ? null : finding("cannotBeUnique", at),
    );
  });
  (document.duplicates ?? []).forEach((rule, index) => {
    check(rule.fields, pointerTo("/duplicates", index, "fields"), () => null);
  });
  check(document.search ?? [], "/search", (field, at) =>
    SEARCHED.has(field.kind)
      ? null
      : finding("wrongFieldKind", at, { field: field.key, kind: field.kind, expected: "text" }),
  );
  return findings;
}

function canBeUnique(kind: FieldKindModel | undefined): boolean {
  return kind?.canBeUnique === true;
}

/** Together with others, also what a record points to or was chosen from: "one line per order and product". */
function canBePartOfUnique(kind: FieldKindModel | undefined): boolean {
  return canBeUnique(kind) || kind?.target !== undefined || (kind?.choices !== undefined && kind.sortable);
}

/**
 * The full document of an entity: a JSON Schema (2020-12) with all that its field kinds derive. Parsing it gives the entity back.
 * Single-field unique keys stand on their field (`x-unique`), longer ones in `unique`.
 */
export function printEntity(entity: Entity): EntityDocument {
  const composite = entity.unique.filter((keys) => keys.length > 1);
  return {
    kind: "entity",
    key: entity.key,
    label: entity.label,
    ...(entity.plural && { plural: entity.plural }),
    ...(entity.description && { description: entity.description }),
    ...(entity.icon && { icon: entity.icon }),
    ...(entity.color && { color: entity.color }),
    titleField: entity.titleField,
    schema: recordsSchema(entity),
    fieldOrder: entity.fields.map((field) => field.key),
    ...(composite.length > 0 && { unique: composite }),
    ...(entity.duplicates.length > 0 && { duplicates: entity.duplicates }),
    ...(entity.search.length > 0 && { search: entity.search }),
    ...(entity.system && { system: true }),
  };
}

function recordsSchema({ fields }: Entity): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.key, field.schema])),
    required: fields.filter((field) => field.required).map((field) => field.key),
    additionalProperties: false,
  };
}
