import { fieldKind } from "../common/field-kind-defaults.ts";
import { NUMBER_KIND, NUMBER_OPTION_SCHEMAS, readNumber, writeNumber } from "../common/number-value.ts";
import { narrow } from "../common/text-value.ts";

/** A share in per cent: 25 means 25 %. */
export const percentKind = fieldKind({
  ...NUMBER_KIND,
  key: "percent",
  label: { en: "Per cent", "zh-CN": "百分比" },
  group: "number",
  icon: "percent",
  optionsSchema: { type: "object", properties: NUMBER_OPTION_SCHEMAS, additionalProperties: false },
  defaultOptions: { scale: 2 },
  readText: (text) => readNumber(narrow(text).replace(/\s*%\s*(?=\)?\s*$)/, "")),
  writeText: (value) => (value === null ? "" : `${writeNumber(value)}%`),
});
