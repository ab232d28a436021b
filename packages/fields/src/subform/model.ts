import { type Finding, finding, type JsonObject } from "@formwright/model";
import { fieldKind } from "../common/field-kind-defaults.ts";
import { unread } from "../common/text-value.ts";

/** Rows that belong to the record, in a table of their own. */
export const subformKind = fieldKind({
  key: "subform",
  label: { en: "Subform", "zh-CN": "子表单" },
  group: "relation",
  icon: "subform",
  optionsSchema: {
    type: "object",
    properties: {
      minRows: { type: "integer", minimum: 0, maximum: 500, "x-label": { en: "At least", "zh-CN": "最少行数" } },
      maxRows: { type: "integer", minimum: 1, maximum: 500, "x-label": { en: "At most", "zh-CN": "最多行数" } },
    },
    additionalProperties: false,
  },
  defaultOptions: { maxRows: 200 },
  sortable: false,
  canBeInSubform: false,
  hasRows: true,
  keywordOptions: { minItems: "minRows", maxItems: "maxRows" },
  valueSchema: (options, fields = []) => ({
    type: "array",
    ...(options.minRows !== undefined && { minItems: options.minRows }),
    maxItems: Number(options.maxRows),
    items: {
      type: "object",
      properties: Object.fromEntries(fields.map((field) => [field.key, field.schema])),
      required: fields.filter((field) => field.required).map((field) => field.key),
      additionalProperties: false,
      "x-order": fields.map((field) => field.key),
    },
  }),
  ruleType: () => "records",
  operators: [],
  checkOptions(options: JsonObject): Finding[] {
    const { minRows, maxRows } = options as { minRows?: number; maxRows: number };
    return minRows !== undefined && minRows > maxRows ? [finding("boundsContradict", "/minRows")] : [];
  },
  readText(text) {
    if (text.trim() === "") return { ok: true, value: null };
    try {
      const rows: unknown = JSON.parse(text);
      return Array.isArray(rows) ? { ok: true, value: rows } : unread("notRows", text);
    } catch {
      return unread("notRows", text);
    }
  },
  writeText: (value) => (Array.isArray(value) && value.length > 0 ? JSON.stringify(value) : ""),
});
