/** Pieces that the schemas of several routes share. */
export const ID = { type: "string", pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" } as const;

export const KEY = { type: "string", pattern: "^[a-z][a-z0-9_]{0,39}$" } as const;

/** The values are checked by the entity's own schema, field by field. */
export const RECORD_INPUT = {
  type: "object",
  additionalProperties: false,
  properties: {
    values: { type: "object", maxProperties: 1_000 },
    owner: { anyOf: [{ type: "string", maxLength: 36 }, { type: "null" }] },
  },
} as const;

/** Pages of things that are not records. */
export const PAGE = {
  type: "object",
  additionalProperties: false,
  properties: {
    limit: { type: "integer", minimum: 1, maximum: 200 },
    cursor: { type: "string", maxLength: 1_000 },
  },
} as const;
