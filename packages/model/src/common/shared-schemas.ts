import type { JsonSchema } from "./json.ts";

export const JSON_SCHEMA_DRAFT = "https://json-schema.org/draft/2020-12/schema";

/** JSON Schemas that occur in many definitions. */
export const LOCAL_TEXT_SCHEMA = {
  type: "object",
  minProperties: 1,
  properties: { en: { type: "string", maxLength: 2000 }, "zh-CN": { type: "string", maxLength: 2000 } },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** In characters. */
export const KEY_LENGTH = 40;

/** Small letters, digits and single underscores: also a PostgreSQL name, quoted. */
export const KEY_PATTERN = "^[a-z](?:_?[a-z0-9]){0,39}_?$";

/** Keys of definitions, fields, stages, steps, …: stable and unique where they stand. */
export const KEY_SCHEMA = {
  type: "string",
  maxLength: KEY_LENGTH,
  pattern: KEY_PATTERN,
  "x-code": "badKey",
} as const satisfies JsonSchema;

/** A rule: its own parser and type check say the rest. */
export const RULE_SCHEMA = { "x-rule": true } as const satisfies JsonSchema;

/** A field key, a system field key, or a path through references such as "customer.name". */
export const PATH_SCHEMA = {
  type: "string",
  maxLength: 200,
  pattern: "^[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*){0,3}$",
} as const satisfies JsonSchema;

/** An ISO 8601 duration that may have a minus in front: "-PT1H" is an hour before. */
export const OFFSET_SCHEMA = { type: "string", format: "duration", maxLength: 40 } as const satisfies JsonSchema;

/** An ISO 8601 duration: "PT48H", "P14D". */
export const DURATION_SCHEMA = { ...OFFSET_SCHEMA, pattern: "^P" } as const satisfies JsonSchema;

export const ICON_SCHEMA = { type: "string", maxLength: 60 } as const satisfies JsonSchema;
export const COLOR_SCHEMA = { type: "string", maxLength: 30 } as const satisfies JsonSchema;

/** A list of keys, each once. */
export function keyList(most: number, item: JsonSchema = KEY_SCHEMA): JsonSchema {
  return { type: "array", items: item, maxItems: most, uniqueItems: true };
}

/** A closed object: what is not named is refused. */
export function objectSchema(required: readonly string[], properties: JsonSchema): JsonSchema {
  return { type: "object", required, properties, additionalProperties: false };
}

/** What every definition has: its kind, its key, its label. */
export function definitionProperties(kind: string): JsonSchema {
  return { kind: { const: kind }, key: KEY_SCHEMA, label: LOCAL_TEXT_SCHEMA };
}

/** The schema of a whole definition: what every definition has, and what is its own. */
export function definitionSchema(
  kind: string,
  title: string,
  required: readonly string[],
  properties: JsonSchema,
  $defs?: JsonSchema,
): JsonSchema {
  return {
    $schema: JSON_SCHEMA_DRAFT,
    title,
    ...objectSchema(["kind", "key", "label", ...required], { ...definitionProperties(kind), ...properties }),
    ...($defs && { $defs }),
  };
}
