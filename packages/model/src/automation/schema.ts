import { STEP_DEFS, STEPS_SCHEMA } from "../approval/step-schema.ts";
import {
  DURATION_SCHEMA,
  definitionSchema,
  KEY_SCHEMA,
  keyList,
  OFFSET_SCHEMA,
  objectSchema,
  RULE_SCHEMA,
} from "../common/shared-schemas.ts";

const CLOCK = { type: "string", maxLength: 5, pattern: "^(?:[01]\\d|2[0-3]):[0-5]\\d$" };

const TRIGGER = {
  oneOf: [
    objectSchema(["on", "entity"], { on: { const: "created" }, entity: KEY_SCHEMA }),
    objectSchema(["on", "entity"], { on: { const: "updated" }, entity: KEY_SCHEMA, fields: keyList(100) }),
    objectSchema(["on", "entity", "field"], {
      on: { const: "stageEntered" },
      entity: KEY_SCHEMA,
      field: KEY_SCHEMA,
      stages: keyList(60),
    }),
    objectSchema(["on", "entity", "field", "offset"], {
      on: { const: "date" },
      entity: KEY_SCHEMA,
      field: KEY_SCHEMA,
      offset: OFFSET_SCHEMA,
      at: CLOCK,
    }),
    objectSchema(["on", "entity", "after"], {
      on: { const: "idle" },
      entity: KEY_SCHEMA,
      after: DURATION_SCHEMA,
      every: DURATION_SCHEMA,
      touches: {
        type: "array",
        maxItems: 20,
        items: objectSchema(["entity", "field"], { entity: KEY_SCHEMA, field: KEY_SCHEMA }),
      },
    }),
  ],
};

/** JSON Schema of an automation. */
export const AUTOMATION_SCHEMA = definitionSchema(
  "automation",
  "Automation",
  ["trigger", "steps"],
  { enabled: { type: "boolean" }, trigger: TRIGGER, when: RULE_SCHEMA, steps: { ...STEPS_SCHEMA, minItems: 1 } },
  STEP_DEFS,
);
