import { fieldKind } from "../common/field-kind-defaults.ts";
import { NUMBER_KIND, NUMBER_OPTION_SCHEMAS, readNumber, writeNumber } from "../common/number-value.ts";

/** An exact decimal number. */
export const numberKind = fieldKind({
  ...NUMBER_KIND,
  key: "number",
  label: { en: "Number", "zh-CN": "数字" },
  group: "number",
  icon: "number",
  optionsSchema: {
    type: "object",
    properties: {
      ...NUMBER_OPTION_SCHEMAS,
      unit: { type: "string", maxLength: 20, "x-label": { en: "Unit", "zh-CN": "单位" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { scale: 0 },
  canBeUnique: true,
  readText: readNumber,
  writeText: writeNumber,
});
