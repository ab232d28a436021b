import { readYesNo, writeYesNo } from "../common/boolean-text.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";

/** Yes or no. */
export const booleanKind = fieldKind({
  key: "boolean",
  label: { en: "Yes / no", "zh-CN": "是 / 否" },
  group: "choice",
  icon: "boolean",
  valueSchema: () => ({ type: "boolean" }),
  ruleType: () => "boolean",
  operators: ["isTrue", "isFalse", "isEmpty", "notEmpty"],
  readText: readYesNo,
  writeText: (value, _field, { locale }) => writeYesNo(value, locale),
});
