import { fieldKind } from "../common/field-kind-defaults.ts";
import { checkText, readTrimmed, writeAsIs } from "../common/text-value.ts";

/** One line of text. */
export const textKind = fieldKind({
  key: "text",
  label: { en: "Text", "zh-CN": "单行文本" },
  group: "text",
  icon: "text",
  optionsSchema: {
    type: "object",
    properties: {
      maxLength: { type: "integer", minimum: 1, maximum: 1000, "x-label": { en: "Longest", "zh-CN": "最大长度" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { maxLength: 200 },
  canBeUnique: true,
  canBeTitle: true,
  keywordOptions: { maxLength: "maxLength" },
  valueSchema: (options) => ({ type: "string", minLength: 1, maxLength: Number(options.maxLength) }),
  ruleType: () => "text",
  operators: ["eq", "ne", "contains", "startsWith", "in", "notIn", "isEmpty", "notEmpty"],
  checkValue: checkText,
  readText: readTrimmed,
  writeText: writeAsIs,
});
