import type { Rule, RuleType } from "@formwright/rules";
import { finding } from "../common/finding.ts";
import type { Json, JsonObject } from "../common/json.ts";
import { RULE_SCHEMA } from "../common/shared-schemas.ts";
import type { Choice, FieldKindModel, FieldKindRegistry } from "../field-kind.ts";

/** A field kind for tests of this package: as small as the shape allows. The real ones live a floor above. */
function kind(key: string, type: RuleType, own: Partial<FieldKindModel> = {}): FieldKindModel {
  return {
    key,
    label: { en: key },
    group: "text",
    icon: key,
    optionsSchema: { type: "object", properties: {}, additionalProperties: false },
    defaultOptions: {},
    computed: false,
    canBeUnique: true,
    canBeTitle: type === "text",
    sortable: true,
    valueSchema: () => ({ type: "string" }),
    ruleType: () => type,
    operators: ["eq", "isEmpty"],
    checkOptions: () => [],
    checkValue: () => [],
    readText: (text) => ({ ok: true, value: text }),
    writeText: (value) => String(value ?? ""),
    ...own,
  };
}

const CHOICES = {
  optionsSchema: {
    type: "object",
    required: ["choices"],
    properties: { choices: { type: "array", items: { type: "object", required: ["value"] } } },
    additionalProperties: false,
  },
  choices: (options: JsonObject) => options.choices as unknown as readonly Choice[],
} satisfies Partial<FieldKindModel>;

const WITH_ENTITY = {
  optionsSchema: { type: "object", required: ["entity"], properties: { entity: { type: "string" } } },
  target: (options: JsonObject) => String(options.entity),
  valueSchema: () => ({ type: "string", format: "uuid" }),
} satisfies Partial<FieldKindModel>;

const RULE_OPTIONS = {
  type: "object",
  required: ["rule"],
  properties: { rule: RULE_SCHEMA },
  additionalProperties: false,
};

/** Enough kinds for every shape that definitions can take. */
export const SAMPLE_KINDS: FieldKindRegistry = {
  text: kind("text", "text", {
    optionsSchema: {
      type: "object",
      properties: { maxLength: { type: "integer", minimum: 1, maximum: 1000 } },
      additionalProperties: false,
    },
    defaultOptions: { maxLength: 200 },
    keywordOptions: { maxLength: "maxLength" },
    valueSchema: (options) => ({ type: "string", maxLength: options.maxLength as Json }),
  }),
  email: kind("email", "text", { valueSchema: () => ({ type: "string", format: "email" }) }),
  phone: kind("phone", "text"),
  number: kind("number", "number", {
    valueSchema: () => ({ type: "number" }),
    checkValue: (value) => (Number.isInteger(value) ? [] : [finding("decimalPlaces", "", { scale: 0 })]),
  }),
  date: kind("date", "date", { valueSchema: () => ({ type: "string", format: "date" }) }),
  select: kind("select", "text", {
    ...CHOICES,
    valueSchema: (options) => ({ type: "string", enum: CHOICES.choices(options).map(({ value }) => value) }),
  }),
  tags: kind("tags", "textList", {
    sortable: false,
    valueSchema: () => ({ type: "array", items: { type: "string" } }),
  }),
  member: kind("member", "id", { target: () => "member", valueSchema: WITH_ENTITY.valueSchema }),
  department: kind("department", "id", { target: () => "department", valueSchema: WITH_ENTITY.valueSchema }),
  reference: kind("reference", "id", WITH_ENTITY),
  stage: kind("stage", "text", {
    optionsSchema: { type: "object", required: ["flow"], properties: { flow: { type: "string" } } },
    flow: (options) => String(options.flow),
    canBeInSubform: false,
  }),
  formula: kind("formula", "number", {
    optionsSchema: RULE_OPTIONS,
    computed: true,
    computedBy: (options) => options.rule as Rule,
    valueSchema: () => ({ type: "number", readOnly: true }),
  }),
  subform: kind("subform", "records", {
    hasRows: true,
    canBeInSubform: false,
    sortable: false,
    valueSchema: (_options, fields = []) => ({
      type: "array",
      items: {
        type: "object",
        properties: Object.fromEntries(fields.map((field) => [field.key, field.schema])),
        required: fields.filter((field) => field.required).map((field) => field.key),
        additionalProperties: false,
        "x-order": fields.map((field) => field.key),
      },
    }),
  }),
};
