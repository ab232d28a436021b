import { type Entity, type EntityDocument, type Field, type JsonObject, parseEntity } from "@formwright/model";
import { FIELD_KINDS, type FieldKindKey } from "../model.ts";

const CHOICES: readonly JsonObject[] = [
  { value: "low", label: { en: "Low", "zh-CN": "低" } },
  { value: "mid", label: { en: "Middle, or so", "zh-CN": "中、左右" } },
  { value: "high", label: { en: "High", "zh-CN": "高" }, retired: true },
];

/** What a field of each kind needs to be defined; the compiler names a kind that is missing. */
const PROPERTIES = {
  text: {},
  longtext: {},
  number: { "x-options": { scale: 3 } },
  money: {},
  percent: {},
  boolean: {},
  date: {},
  datetime: {},
  select: { "x-options": { choices: CHOICES } },
  multiselect: { "x-options": { choices: CHOICES } },
  tags: {},
  email: {},
  phone: {},
  url: {},
  member: {},
  department: {},
  reference: { "x-options": { entity: "project" } },
  subform: {
    items: {
      type: "object",
      required: ["product"],
      properties: {
        product: { "x-field": "text" },
        quantity: { "x-field": "number", "x-options": { scale: 0 } },
        price: { "x-field": "money" },
        total: {
          "x-field": "formula",
          "x-options": { rule: { "*": [{ var: "quantity" }, { var: "price" }] }, result: "money" },
        },
      },
    },
  },
  stage: { "x-options": { flow: "work" } },
  autonumber: { "x-options": { pattern: "A-{yyyy}-{0000}" } },
  formula: {
    "x-options": { rule: { "+": [{ var: "number_field" }, { var: "money_field" }] }, result: "number", scale: 3 },
  },
} as const satisfies Record<FieldKindKey, JsonObject>;

export const ALL_KINDS = Object.keys(PROPERTIES) as readonly FieldKindKey[];

/** The key of the field of a kind in {@link sampleEntity}. */
export function keyOf(kind: FieldKindKey): string {
  return `${kind}_field`;
}

const DOCUMENT: EntityDocument = {
  kind: "entity",
  key: "sample",
  label: { en: "Sample" },
  titleField: "text_field",
  schema: {
    type: "object",
    properties: Object.fromEntries(
      ALL_KINDS.map((kind) => [keyOf(kind), { "x-field": kind, ...PROPERTIES[kind] } as JsonObject]),
    ),
  },
};

/** An entity with one field of each kind. */
export function sampleEntity(): Entity {
  const parsed = parseEntity(DOCUMENT, FIELD_KINDS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

/** The field of a kind. */
export function fieldOfKind(entity: Entity, kind: FieldKindKey): Field {
  const field = entity.fields.find((one) => one.kind === kind);
  if (!field) throw new Error(`no field of kind ${kind}`);
  return field;
}
