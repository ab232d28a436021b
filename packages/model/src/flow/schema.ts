import {
  COLOR_SCHEMA,
  DURATION_SCHEMA,
  definitionSchema,
  KEY_SCHEMA,
  keyList,
  LOCAL_TEXT_SCHEMA,
  objectSchema,
  RULE_SCHEMA,
} from "../common/shared-schemas.ts";

const CRITERION = objectSchema(["key", "label", "rule"], {
  key: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  help: LOCAL_TEXT_SCHEMA,
  rule: RULE_SCHEMA,
});

const CHECKLIST_ITEM = objectSchema(["key", "label"], {
  key: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  help: LOCAL_TEXT_SCHEMA,
  within: DURATION_SCHEMA,
  required: { type: "boolean" },
});

const STAGE = objectSchema(["key", "label"], {
  key: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  color: COLOR_SCHEMA,
  category: { type: "string", enum: ["open", "won", "lost"] },
  winRate: { type: "number", minimum: 0, maximum: 100 },
  criteria: { type: "array", maxItems: 30, items: CRITERION },
  required: keyList(100),
  checklist: { type: "array", maxItems: 50, items: CHECKLIST_ITEM },
  limit: DURATION_SCHEMA,
  onOverdue: keyList(5, { type: "string", enum: ["remindOwner", "remindManager"] }),
});

const TRANSITION = objectSchema(["from", "to"], {
  key: KEY_SCHEMA,
  from: { type: "string", maxLength: 40, pattern: "^(?:\\*|[a-z][a-z0-9_]*)$" },
  to: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  roles: keyList(100),
  when: RULE_SCHEMA,
  ask: keyList(50),
  requireComment: { type: "boolean" },
  approval: KEY_SCHEMA,
  checksExit: { type: "boolean" },
});

/** JSON Schema of a stage flow. */
export const FLOW_SCHEMA = definitionSchema("flow", "Stage flow", ["entity", "field", "stages", "transitions"], {
  entity: KEY_SCHEMA,
  field: KEY_SCHEMA,
  start: KEY_SCHEMA,
  stages: { type: "array", minItems: 1, maxItems: 60, items: STAGE },
  transitions: { type: "array", maxItems: 500, items: TRANSITION },
});
