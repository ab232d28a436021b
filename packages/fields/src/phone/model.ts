import { finding } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { narrow, readTrimmed, writeAsIs } from "../common/text-value.ts";

/** Digits with the usual signs between them, and an extension behind. */
const PHONE = /^\+?\(?\d(?:[ ().\-/]{0,2}\d){2,24}\)?(?:\s*(?:ext\.?|x|#|转|,)\s*\d{1,8})?$/i;

/** A telephone number, kept as it was written. */
export const phoneKind = fieldKind({
  key: "phone",
  label: { en: "Phone", "zh-CN": "电话" },
  group: "text",
  icon: "phone",
  canBeUnique: true,
  canBeTitle: true,
  valueSchema: () => ({ type: "string", minLength: 3, maxLength: 40 }),
  ruleType: () => "text",
  operators: ["eq", "ne", "contains", "startsWith", "in", "notIn", "isEmpty", "notEmpty"],
  checkValue: (value) => (typeof value === "string" && !PHONE.test(value) ? [finding("notPhone", "")] : []),
  readText: (text) => readTrimmed(narrow(text).replace(/^tel:/i, "")),
  writeText: writeAsIs,
});
