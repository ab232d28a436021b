import type { JsonSchema } from "./json.ts";

/** JSON Schemas that occur in many definitions. */
export const LOCAL_TEXT_SCHEMA = {
  type: "object",
  minProperties: 1,
  properties: { en: { type: "string", maxLength: 2000 }, "zh-CN": { type: "string", maxLength: 2000 } },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** Small letters, digits and single underscores: also a PostgreSQL name, quoted. */
export const KEY_PATTERN = "^[a-z](?:_?[a-z0-9]){0,39}_?$";
/** In characters. */
export const KEY_LENGTH = 40;

/** Keys of definitions, fields, stages, steps, …: stable and unique where they stand. */
export const KEY_SCHEMA = { type: "string", maxLength: KEY_LENGTH, pattern: KEY_PATTERN } as const satisfies JsonSchema;
