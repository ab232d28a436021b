import { fieldKind } from "../common/field-kind-defaults.ts";
import { readTrimmed, writeAsIs } from "../common/text-value.ts";
import { checkNumberPattern } from "./number-pattern.ts";

/** A number that every new record gets, such as ORD-202603-0001. */
export const autonumberKind = fieldKind({
  key: "autonumber",
  label: { en: "Serial number", "zh-CN": "自动编号" },
  group: "computed",
  icon: "autonumber",
  optionsSchema: {
    type: "object",
    properties: {
      pattern: { type: "string", minLength: 3, maxLength: 60, "x-label": { en: "Pattern", "zh-CN": "格式" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { pattern: "{0000}" },
  computed: true,
  canBeUnique: true,
  canBeTitle: true,
  canBeInSubform: false,
  valueSchema: () => ({ type: "string", readOnly: true }),
  ruleType: () => "text",
  operators: ["eq", "ne", "contains", "startsWith", "in", "notIn", "isEmpty", "notEmpty"],
  checkOptions: checkNumberPattern,
  readText: readTrimmed,
  writeText: writeAsIs,
});
