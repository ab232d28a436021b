import { KEY_SCHEMA } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { POINTER_KIND, readPointer, targetOf, writePointer } from "../common/person-or-record.ts";

/** Another record. */
export const referenceKind = fieldKind({
  ...POINTER_KIND,
  key: "reference",
  label: { en: "Reference", "zh-CN": "关联记录" },
  group: "relation",
  icon: "reference",
  optionsSchema: {
    type: "object",
    required: ["entity"],
    properties: {
      entity: { ...KEY_SCHEMA, "x-label": { en: "Points to", "zh-CN": "关联到" } },
      onDelete: {
        type: "string",
        enum: ["restrict", "setNull"],
        "x-label": { en: "When the other record goes for good", "zh-CN": "对方记录被彻底删除时" },
      },
    },
    additionalProperties: false,
  },
  defaultOptions: { onDelete: "restrict" },
  target: (options) => String(options.entity),
  onTargetPurged: (options) => (options.onDelete === "setNull" ? "setNull" : "restrict"),
  readText: (text, field, context) => readPointer(text, targetOf(field), context),
  writeText: (value, field, context) => writePointer(value, targetOf(field), context),
});
