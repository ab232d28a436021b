import { definitionSchema, KEY_SCHEMA, keyList, objectSchema, RULE_SCHEMA } from "../common/shared-schemas.ts";
import { STEP_DEFS, STEPS_SCHEMA } from "./step-schema.ts";

const START = {
  oneOf: [
    objectSchema(["on"], { on: { const: "manual" }, roles: keyList(100), when: RULE_SCHEMA }),
    objectSchema(["on"], { on: { const: "transition" } }),
  ],
};

/** JSON Schema of an approval. */
export const APPROVAL_SCHEMA = definitionSchema(
  "approval",
  "Approval",
  ["entity", "start", "steps"],
  {
    entity: KEY_SCHEMA,
    start: START,
    steps: STEPS_SCHEMA,
    samePersonOnce: { type: "boolean" },
    keepsRecordOpen: { type: "boolean" },
    onStarted: STEPS_SCHEMA,
    onApproved: STEPS_SCHEMA,
    onRejected: STEPS_SCHEMA,
    onWithdrawn: STEPS_SCHEMA,
  },
  STEP_DEFS,
);
