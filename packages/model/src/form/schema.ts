import {
  definitionSchema,
  KEY_SCHEMA,
  keyList,
  LOCAL_TEXT_SCHEMA,
  objectSchema,
  PATH_SCHEMA,
  RULE_SCHEMA,
} from "../common/shared-schemas.ts";

const COLUMNS = { type: "integer", enum: [1, 2, 3, 4] };

const FIELD = objectSchema(["field"], {
  key: KEY_SCHEMA,
  field: KEY_SCHEMA,
  span: COLUMNS,
  show: RULE_SCHEMA,
  require: RULE_SCHEMA,
  readOnly: RULE_SCHEMA,
});

const SECTION = objectSchema(["key", "fields"], {
  key: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  columns: COLUMNS,
  collapsed: { type: "boolean" },
  show: RULE_SCHEMA,
  fields: { type: "array", maxItems: 600, items: FIELD },
});

const RELATED = objectSchema(["key", "entity", "field", "columns"], {
  key: KEY_SCHEMA,
  label: LOCAL_TEXT_SCHEMA,
  entity: KEY_SCHEMA,
  field: KEY_SCHEMA,
  columns: keyList(20, PATH_SCHEMA),
});

/** JSON Schema of a form. */
export const FORM_SCHEMA = definitionSchema("form", "Form", ["entity", "sections"], {
  entity: KEY_SCHEMA,
  purposes: keyList(3, { type: "string", enum: ["create", "edit", "detail"] }),
  sections: { type: "array", minItems: 1, maxItems: 60, items: SECTION },
  related: { type: "array", maxItems: 30, items: RELATED },
});
