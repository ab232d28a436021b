import type { FieldKindModel, JsonObject } from "@formwright/model";
import { deriveKey } from "./derive-key.ts";
import type { FieldProperty } from "./field-property.ts";

const STARTER_CHOICES: JsonObject = {
  choices: [
    { value: "option_1", label: { en: "Option 1", "zh-CN": "选项一" }, color: "blue" },
    { value: "option_2", label: { en: "Option 2", "zh-CN": "选项二" }, color: "green" },
  ],
};

/** Options that a new field needs to make sense at once, beyond the defaults of its kind. */
const STARTER_OPTIONS: Readonly<Record<string, JsonObject>> = {
  select: STARTER_CHOICES,
  multiselect: STARTER_CHOICES,
};

/**
 * A new field of a kind, named after it until somebody says better.
 *
 * @param taken keys of the entity's fields, retired ones included
 */
export function newField(kind: FieldKindModel, taken: Iterable<string>): FieldProperty {
  return {
    key: deriveKey(kind.label.en ?? kind.key, taken),
    kind: kind.key,
    label: kind.label,
    options: { ...kind.defaultOptions, ...STARTER_OPTIONS[kind.key] },
    required: false,
    readOnly: false,
    unique: false,
    ...(kind.key === "subform" ? { columns: [newColumn([])] } : {}),
  };
}

/** A new text column of a subform. */
export function newColumn(taken: readonly string[]): FieldProperty {
  return {
    key: deriveKey("item", taken),
    kind: "text",
    label: { en: "Item", "zh-CN": "项目" },
    options: {},
    required: false,
    readOnly: false,
    unique: false,
  };
}

/**
 * The key that follows a field's label while nobody has chosen one: derived from the English label, else the Chinese.
 * Only for fields that were never published.
 */
export function followLabel(before: FieldProperty, after: FieldProperty, taken: readonly string[]): FieldProperty {
  const source = (field: FieldProperty) => field.label.en || field.label["zh-CN"] || "";
  const others = taken.filter((key) => key !== before.key);
  const wasDerived = before.key === deriveKey(source(before), others) || /^.+_\d+$/.test(before.key);
  if (!wasDerived || !source(after) || source(before) === source(after)) return after;
  return { ...after, key: deriveKey(source(after), others) };
}
