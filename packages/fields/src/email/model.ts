import { fieldKind } from "../common/field-kind-defaults.ts";
import { checkText, narrow, readTrimmed, writeAsIs } from "../common/text-value.ts";

/** An e-mail address. */
export const emailKind = fieldKind({
  key: "email",
  label: { en: "E-mail", "zh-CN": "邮箱" },
  group: "text",
  icon: "email",
  canBeUnique: true,
  canBeTitle: true,
  valueSchema: () => ({ type: "string", format: "email", maxLength: 254 }),
  ruleType: () => "text",
  operators: ["eq", "ne", "contains", "startsWith", "in", "notIn", "isEmpty", "notEmpty"],
  checkValue: checkText,
  readText: (text) => readTrimmed(narrow(text).replace(/^mailto:/i, "")),
  writeText: writeAsIs,
});
