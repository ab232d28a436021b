import {
  type FilterOperator,
  type Json,
  type JsonSchema,
  type ReadText,
  RULE_SCHEMA,
  type TextContext,
} from "@formwright/model";
import type { Rule, RuleType } from "@formwright/rules";
import { readYesNo, writeYesNo } from "../common/boolean-text.ts";
import { readDateText } from "../common/date-value.ts";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { readNumber, writeNumber } from "../common/number-value.ts";
import { readTrimmed, writeAsIs } from "../common/text-value.ts";
import { type FormulaResult, formulaOptions } from "./formula-options.ts";

interface Result {
  readonly type: RuleType;
  readonly schema: JsonSchema;
  readonly operators: readonly FilterOperator[];
  readText(text: string, context: TextContext): ReadText;
  writeText(value: Json, context: TextContext): string;
}

const NUMBER: Result = {
  type: "number",
  schema: { type: "number" },
  operators: ["eq", "ne", "gt", "gte", "lt", "lte", "between", "isEmpty", "notEmpty"],
  readText: readNumber,
  writeText: writeNumber,
};

const RESULTS = {
  number: NUMBER,
  money: NUMBER,
  percent: NUMBER,
  text: {
    type: "text",
    schema: { type: "string" },
    operators: ["eq", "ne", "contains", "startsWith", "in", "notIn", "isEmpty", "notEmpty"],
    readText: readTrimmed,
    writeText: writeAsIs,
  },
  boolean: {
    type: "boolean",
    schema: { type: "boolean" },
    operators: ["isTrue", "isFalse", "isEmpty", "notEmpty"],
    readText: readYesNo,
    writeText: (value, { locale }) => writeYesNo(value, locale),
  },
  date: {
    type: "date",
    schema: { type: "string", format: "date" },
    operators: ["eq", "ne", "gt", "gte", "lt", "lte", "between", "relative", "isEmpty", "notEmpty"],
    readText: readDateText,
    writeText: writeAsIs,
  },
} as const satisfies Record<FormulaResult, Result>;

const resultOf = (options: Parameters<typeof formulaOptions>[0]): Result => RESULTS[formulaOptions(options).result];

/** A value computed from other fields of the record by a rule. */
export const formulaKind = fieldKind({
  key: "formula",
  label: { en: "Formula", "zh-CN": "公式" },
  group: "computed",
  icon: "formula",
  optionsSchema: {
    type: "object",
    required: ["rule", "result"],
    properties: {
      rule: { ...RULE_SCHEMA, "x-label": { en: "Formula", "zh-CN": "公式" } },
      result: {
        type: "string",
        enum: Object.keys(RESULTS),
        "x-label": { en: "Gives", "zh-CN": "结果类型" },
      },
      scale: { type: "integer", minimum: 0, maximum: 6, "x-label": { en: "Decimal places", "zh-CN": "小数位" } },
      currency: { type: "string", pattern: "^[A-Z]{3}$", "x-label": { en: "Currency", "zh-CN": "币种" } },
      unit: { type: "string", maxLength: 20, "x-label": { en: "Unit", "zh-CN": "单位" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { result: "number", scale: 2 },
  computed: true,
  canBeTitle: true,
  valueSchema: (options) => ({ ...resultOf(options).schema, readOnly: true }),
  ruleType: (options) => resultOf(options).type,
  computedBy: (options) => options.rule as Rule,
  operators: NUMBER.operators,
  operatorsFor: (options) => resultOf(options).operators,
  readText: (text, { options }, context) => resultOf(options).readText(text, context),
  writeText: (value, { options }, context) => resultOf(options).writeText(value, context),
});
