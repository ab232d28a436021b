import { definitionSchema, KEY_SCHEMA, objectSchema, RULE_SCHEMA } from "../common/shared-schemas.ts";
import { ACTIONS } from "./definition.ts";

const SCOPE = { type: "string", enum: ["none", "own", "department", "departmentTree", "all"] };

const GRANT = objectSchema([], {
  actions: objectSchema([], Object.fromEntries(ACTIONS.map((action) => [action, SCOPE]))),
  rule: RULE_SCHEMA,
  fields: {
    type: "object",
    propertyNames: KEY_SCHEMA,
    additionalProperties: { type: "string", enum: ["hidden", "readOnly"] },
  },
});

/** JSON Schema of a role. */
export const ROLE_SCHEMA = definitionSchema("role", "Role", [], {
  admin: { type: "boolean" },
  entities: { type: "object", propertyNames: KEY_SCHEMA, additionalProperties: GRANT },
});
