import {
  COLOR_SCHEMA,
  definitionSchema,
  ICON_SCHEMA,
  KEY_SCHEMA,
  keyList,
  LOCAL_TEXT_SCHEMA,
  objectSchema,
} from "../common/shared-schemas.ts";

const ENTRY = {
  oneOf: [
    objectSchema(["key", "type", "view"], {
      key: KEY_SCHEMA,
      type: { const: "view" },
      view: KEY_SCHEMA,
      label: LOCAL_TEXT_SCHEMA,
      icon: ICON_SCHEMA,
    }),
    objectSchema(["key", "type", "url", "label"], {
      key: KEY_SCHEMA,
      type: { const: "link" },
      url: { type: "string", maxLength: 2000, pattern: "^(?:https?://|/(?!/))[^\\s]*$" },
      label: LOCAL_TEXT_SCHEMA,
      icon: ICON_SCHEMA,
    }),
  ],
};

/** JSON Schema of an app. */
export const APP_SCHEMA = definitionSchema("app", "App", ["menu"], {
  icon: ICON_SCHEMA,
  color: COLOR_SCHEMA,
  menu: {
    type: "array",
    maxItems: 30,
    items: objectSchema(["key", "entries"], {
      key: KEY_SCHEMA,
      label: LOCAL_TEXT_SCHEMA,
      entries: { type: "array", maxItems: 60, items: ENTRY },
    }),
  },
  roles: keyList(100),
});
