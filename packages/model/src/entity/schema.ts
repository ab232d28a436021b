import type { JsonSchema } from "../common/json.ts";
import { KEY_SCHEMA, LOCAL_TEXT_SCHEMA, RULE_SCHEMA } from "../common/shared-schemas.ts";

const FIELD_LIST = { type: "array", items: KEY_SCHEMA, minItems: 1, maxItems: 10, uniqueItems: true } as const;

/** What all fields have, whatever their kind; the kind says what else its properties may hold. */
const PROPERTY_SCHEMA = {
  type: "object",
  required: ["x-field"],
  properties: {
    "x-field": { type: "string", maxLength: 40 },
    "x-label": LOCAL_TEXT_SCHEMA,
    "x-help": LOCAL_TEXT_SCHEMA,
    "x-options": { type: "object" },
    "x-unique": { type: "boolean" },
    "x-default": RULE_SCHEMA,
    readOnly: { type: "boolean" },
  },
} as const satisfies JsonSchema;

/** The shape of an object schema that holds fields: an entity's records or a subform's rows. */
export const FIELDS_SCHEMA = {
  type: "object",
  required: ["properties"],
  properties: {
    $schema: { const: "https://json-schema.org/draft/2020-12/schema" },
    type: { const: "object" },
    additionalProperties: { const: false },
    required: { type: "array", items: { type: "string", maxLength: 60 }, uniqueItems: true },
    properties: { type: "object", minProperties: 1, maxProperties: 1000, additionalProperties: PROPERTY_SCHEMA },
    "x-order": { type: "array", items: { type: "string", maxLength: 60 }, uniqueItems: true },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** JSON Schema of an entity document. */
export const ENTITY_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Entity",
  type: "object",
  required: ["kind", "key", "label", "titleField", "schema"],
  properties: {
    kind: { const: "entity" },
    key: KEY_SCHEMA,
    label: LOCAL_TEXT_SCHEMA,
    plural: LOCAL_TEXT_SCHEMA,
    description: LOCAL_TEXT_SCHEMA,
    icon: { type: "string", maxLength: 60 },
    color: { type: "string", maxLength: 30 },
    titleField: KEY_SCHEMA,
    schema: FIELDS_SCHEMA,
    fieldOrder: { type: "array", items: { type: "string", maxLength: 60 }, uniqueItems: true },
    unique: { type: "array", items: FIELD_LIST, maxItems: 50, uniqueItems: true },
    duplicates: {
      type: "array",
      maxItems: 20,
      items: {
        type: "object",
        required: ["fields"],
        properties: {
          key: KEY_SCHEMA,
          fields: FIELD_LIST,
          match: { type: "string", enum: ["exact", "normalized"] },
          on: { type: "string", enum: ["warn", "refuse"] },
        },
        additionalProperties: false,
      },
    },
    search: { type: "array", items: KEY_SCHEMA, maxItems: 20, uniqueItems: true },
    system: { type: "boolean" },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;
