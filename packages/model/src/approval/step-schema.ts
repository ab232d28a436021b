import type { JsonSchema } from "../common/json.ts";
import { KEY_SCHEMA, keyList, LOCAL_TEXT_SCHEMA, objectSchema, RULE_SCHEMA } from "../common/shared-schemas.ts";

const LEVELS = { type: "integer", minimum: 0, maximum: 10 };
const ID = { type: "string", format: "uuid" };

/** A path to a member field, through references if need be. */
const MEMBER_PATH = { type: "string", maxLength: 200, pattern: "^[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*){0,3}$" };

const ASSIGNEE = {
  oneOf: [
    objectSchema(["type", "members"], { type: { const: "members" }, members: { ...keyList(100, ID), minItems: 1 } }),
    objectSchema(["type", "role"], {
      type: { const: "role" },
      role: KEY_SCHEMA,
      within: { type: "string", enum: ["all", "department", "departmentTree"] },
    }),
    objectSchema(["type"], { type: { const: "departmentHead" }, department: ID, levelsUp: LEVELS }),
    objectSchema(["type"], {
      type: { const: "manager" },
      of: { type: "string", enum: ["starter", "owner"] },
      levelsUp: LEVELS,
    }),
    objectSchema(["type", "field"], { type: { const: "memberField" }, field: MEMBER_PATH }),
  ],
};

const ASSIGNEES = { type: "array", minItems: 1, maxItems: 20, items: { $ref: "#/$defs/assignee" } };
const SET = {
  type: "object",
  minProperties: 1,
  maxProperties: 100,
  propertyNames: KEY_SCHEMA,
  additionalProperties: RULE_SCHEMA,
};

function step(type: string, required: readonly string[], properties: JsonSchema): JsonSchema {
  return objectSchema(["key", "type", ...required], {
    type: { const: type },
    key: KEY_SCHEMA,
    label: LOCAL_TEXT_SCHEMA,
    ...properties,
  });
}

const STEP = {
  oneOf: [
    step("approve", ["who"], {
      who: ASSIGNEES,
      mode: { type: "string", enum: ["any", "all", "sequence"] },
      onNobody: { type: "string", enum: ["skip", "toAdmin", "block"] },
      onStarter: { type: "string", enum: ["decide", "skip", "toManager"] },
      allow: keyList(5, { type: "string", enum: ["return", "comment"] }),
      requireComment: keyList(5, { type: "string", enum: ["approve", "reject", "return"] }),
    }),
    step("branch", ["paths"], {
      paths: {
        type: "array",
        minItems: 1,
        maxItems: 20,
        items: objectSchema(["key", "steps"], {
          key: KEY_SCHEMA,
          label: LOCAL_TEXT_SCHEMA,
          when: RULE_SCHEMA,
          steps: { $ref: "#/$defs/steps" },
        }),
      },
    }),
    step("notify", ["who", "title"], {
      who: ASSIGNEES,
      title: LOCAL_TEXT_SCHEMA,
      body: LOCAL_TEXT_SCHEMA,
      channels: keyList(5, { type: "string", enum: ["inbox", "email"] }),
    }),
    step("setFields", ["set"], { set: SET }),
    step("createRecord", ["entity", "set"], { entity: KEY_SCHEMA, set: SET, owner: { $ref: "#/$defs/assignee" } }),
    step("setRelated", ["reference", "set"], { reference: KEY_SCHEMA, set: SET, when: RULE_SCHEMA }),
  ],
};

/** `$defs` of every schema that holds steps. */
export const STEP_DEFS = {
  assignee: ASSIGNEE,
  step: STEP,
  steps: { type: "array", maxItems: 50, items: { $ref: "#/$defs/step" } },
} as const satisfies JsonSchema;

export const STEPS_SCHEMA = { $ref: "#/$defs/steps" } as const satisfies JsonSchema;
