import {
  CHOICES_SCHEMA,
  checkChoices,
  choiceFor,
  choiceLabel,
  choicesOf,
  choiceValues,
} from "../common/choice-value.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { unread } from "../common/text-value.ts";

/** One of several choices. */
export const selectKind = fieldKind({
  key: "select",
  label: { en: "Single choice", "zh-CN": "单选" },
  group: "choice",
  icon: "select",
  optionsSchema: {
    type: "object",
    required: ["choices"],
    properties: { choices: CHOICES_SCHEMA },
    additionalProperties: false,
  },
  defaultOptions: {},
  valueSchema: (options) => ({ type: "string", enum: choiceValues(options) }),
  ruleType: () => "text",
  choices: choicesOf,
  operators: ["eq", "ne", "in", "notIn", "isEmpty", "notEmpty"],
  checkOptions: checkChoices,
  readText(text, { options }, { locale }) {
    if (text.trim() === "") return { ok: true, value: null };
    const value = choiceFor(text, options, locale);
    return value === null ? unread("notChoice", text.trim()) : { ok: true, value };
  },
  writeText: (value, { options }, { locale }) => choiceLabel(value, options, locale),
});
