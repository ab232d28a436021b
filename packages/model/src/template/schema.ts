import {
  COLOR_SCHEMA,
  definitionSchema,
  ICON_SCHEMA,
  KEY_SCHEMA,
  LOCAL_TEXT_SCHEMA,
  objectSchema,
} from "../common/shared-schemas.ts";

const VALUES = { type: "object" };

const SAMPLE = objectSchema(["ref", "entity", "values"], {
  ref: { type: "string", maxLength: 80, pattern: "^[a-z][a-z0-9_-]*$" },
  entity: KEY_SCHEMA,
  values: VALUES,
  localized: objectSchema([], { en: VALUES, "zh-CN": VALUES }),
  daysAgo: { type: "integer", minimum: 0, maximum: 3650 },
});

/** JSON Schema of a template; each of its definitions is checked by its own kind's schema. */
export const TEMPLATE_SCHEMA = definitionSchema("template", "Template", ["version", "description", "definitions"], {
  version: { type: "string", maxLength: 40, pattern: "^\\d+\\.\\d+\\.\\d+$" },
  description: LOCAL_TEXT_SCHEMA,
  icon: ICON_SCHEMA,
  color: COLOR_SCHEMA,
  definitions: { type: "array", maxItems: 2000, items: { type: "object" } },
  samples: { type: "array", maxItems: 5000, items: SAMPLE },
});
