import { fieldKind } from "../common/field-kind-defaults.ts";
import { NUMBER_KIND, NUMBER_OPTION_SCHEMAS, readNumber, writeNumber } from "../common/number-value.ts";

/** An amount of one currency. */
export const moneyKind = fieldKind({
  ...NUMBER_KIND,
  key: "money",
  label: { en: "Money", "zh-CN": "金额" },
  group: "number",
  icon: "money",
  optionsSchema: {
    type: "object",
    properties: {
      ...NUMBER_OPTION_SCHEMAS,
      currency: { type: "string", pattern: "^[A-Z]{3}$", "x-label": { en: "Currency", "zh-CN": "币种" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { currency: "CNY", scale: 2 },
  readText: readNumber,
  writeText: writeNumber,
});
