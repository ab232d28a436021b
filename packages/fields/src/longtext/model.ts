import { fieldKind } from "../common/field-kind-defaults.ts";
import { checkText, readTrimmed, writeAsIs } from "../common/text-value.ts";

/** Text of several lines. */
export const longtextKind = fieldKind({
  key: "longtext",
  label: { en: "Long text", "zh-CN": "多行文本" },
  group: "text",
  icon: "longtext",
  optionsSchema: {
    type: "object",
    properties: {
      maxLength: { type: "integer", minimum: 1, maximum: 100_000, "x-label": { en: "Longest", "zh-CN": "最大长度" } },
      rows: { type: "integer", minimum: 2, maximum: 30, "x-label": { en: "Lines shown", "zh-CN": "显示行数" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { maxLength: 10_000 },
  sortable: false,
  keywordOptions: { maxLength: "maxLength" },
  valueSchema: (options) => ({ type: "string", minLength: 1, maxLength: Number(options.maxLength) }),
  ruleType: () => "text",
  operators: ["contains", "startsWith", "isEmpty", "notEmpty"],
  checkValue: checkText,
  readText: readTrimmed,
  writeText: writeAsIs,
});
