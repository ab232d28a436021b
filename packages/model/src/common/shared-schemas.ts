import type { JsonSchema } from "./json.ts";

/** JSON Schemas that occur in many definitions. */
export const LOCAL_TEXT_SCHEMA = {
  type: "object",
  minProperties: 1,
  properties: { en: { type: "string", maxLength: 2000 }, "zh-CN": { type: "string", maxLength: 2000 } },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** Keys of definitions, fields, stages, steps, …: stable and unique where they stand. */
export const KEY_SCHEMA = { type: "string", pattern: "^[a-z][a-z0-9_]{0,39}$" } as const satisfies JsonSchema;
