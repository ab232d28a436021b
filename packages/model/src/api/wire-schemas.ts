import type { JsonSchema } from "../common/json.ts";
import { PROBLEM_STATUS } from "../common/problem.ts";

const ID = { type: "string", format: "uuid" } as const;
const MOMENT = { type: "string", format: "date-time" } as const;
const ID_OR_NONE = { type: ["string", "null"], format: "uuid" } as const;

/** A rule is JsonLogic in the strict dialect; what it may say depends on the entity. */
export const RULE_ON_WIRE = {
  title: "Rule",
  description: "JsonLogic in the strict dialect: an operator with its arguments, a variable, or a literal.",
} as const satisfies JsonSchema;

/** RFC 9457. `errors` holds everything that is wrong with the input. */
export const PROBLEM_ON_WIRE = {
  type: "object",
  required: ["type", "title", "status"],
  properties: {
    type: { type: "string", description: `Ends in one of: ${Object.keys(PROBLEM_STATUS).join(", ")}.` },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "code", "message"],
        properties: {
          pointer: { type: "string", description: "JSON Pointer into what was sent." },
          code: { type: "string" },
          message: { type: "string", description: "In the caller's language." },
        },
      },
    },
  },
} as const satisfies JsonSchema;

/** What stands beside the values of every record. */
export const RECORD_ON_WIRE = {
  id: ID,
  version: { type: "integer", description: "Goes up with every change; also the ETag." },
  refs: {
    type: "object",
    description: "The titles of what the record points to, by field.",
    additionalProperties: { type: ["object", "null"], properties: { id: ID, title: { type: "string" } } },
  },
  owner: ID_OR_NONE,
  ownerDepartment: ID_OR_NONE,
  createdAt: MOMENT,
  createdBy: ID_OR_NONE,
  updatedAt: MOMENT,
  updatedBy: ID_OR_NONE,
  deletedAt: { type: ["string", "null"], format: "date-time" },
  abilities: { type: "object", additionalProperties: { type: "boolean" } },
} as const satisfies JsonSchema;
