import {
  CHOICES_SCHEMA,
  checkChoices,
  choiceFor,
  choiceLabel,
  choicesOf,
  choiceValues,
  joinTexts,
  splitTexts,
} from "../common/choice-value.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { unread } from "../common/text-value.ts";

/** Several of several choices. */
export const multiselectKind = fieldKind({
  key: "multiselect",
  label: { en: "Multiple choice", "zh-CN": "多选" },
  group: "choice",
  icon: "multiselect",
  optionsSchema: {
    type: "object",
    required: ["choices"],
    properties: { choices: CHOICES_SCHEMA },
    additionalProperties: false,
  },
  defaultOptions: {},
  sortable: false,
  valueSchema: (options) => ({
    type: "array",
    items: { type: "string", enum: choiceValues(options) },
    minItems: 1,
    uniqueItems: true,
  }),
  ruleType: () => "textList",
  choices: choicesOf,
  operators: ["hasAny", "hasAll", "isEmpty", "notEmpty"],
  checkOptions: checkChoices,
  readText(text, { options }, { locale }) {
    const values: string[] = [];
    for (const part of splitTexts(text)) {
      const value = choiceFor(part, options, locale);
      if (value === null) return unread("notChoice", part);
      if (!values.includes(value)) values.push(value);
    }
    return { ok: true, value: values.length > 0 ? values : null };
  },
  writeText: (value, { options }, { locale }) =>
    Array.isArray(value) ? joinTexts(value.map((one) => choiceLabel(one, options, locale))) : "",
});
