import {
  definitionProperties,
  JSON_SCHEMA_DRAFT,
  KEY_SCHEMA,
  keyList,
  objectSchema,
  PATH_SCHEMA,
  RULE_SCHEMA,
} from "../common/shared-schemas.ts";

const SORT = objectSchema(["field"], {
  field: PATH_SCHEMA,
  direction: { type: "string", enum: ["asc", "desc"] },
});

const COLUMN = objectSchema(["field"], {
  key: KEY_SCHEMA,
  field: PATH_SCHEMA,
  width: { type: "integer", minimum: 40, maximum: 1000 },
});

const REQUIRED = ["kind", "key", "label", "entity", "type"];
const SHARED = {
  ...definitionProperties("view"),
  entity: KEY_SCHEMA,
  filter: RULE_SCHEMA,
  sort: { type: "array", maxItems: 5, items: SORT },
};

/** JSON Schema of a view. */
export const VIEW_SCHEMA = {
  $schema: JSON_SCHEMA_DRAFT,
  title: "View",
  oneOf: [
    objectSchema([...REQUIRED, "columns"], {
      type: { const: "list" },
      ...SHARED,
      columns: { type: "array", minItems: 1, maxItems: 100, items: COLUMN },
    }),
    objectSchema([...REQUIRED, "groupBy"], {
      type: { const: "kanban" },
      ...SHARED,
      groupBy: KEY_SCHEMA,
      card: keyList(12, PATH_SCHEMA),
      sum: KEY_SCHEMA,
    }),
  ],
};
