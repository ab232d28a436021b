import { type Entity, type Field, type Finding, finding, type Json, Problem, pointerTo } from "@formwright/model";
import { INVALID } from "../http/validation.ts";
import { isImportable, OWNER } from "./suggest-mapping.ts";
import type { DateOrder, TableColumn } from "./table-columns.ts";

/** What one column of the file becomes. */
export interface ColumnMapping {
  readonly column: number;
  readonly field: string;
  readonly options?: {
    readonly dateOrder?: DateOrder;
    /** Texts of the file and what they stand for: a choice, a record's id or title; null leaves the field empty. */
    readonly valueMap?: Readonly<Record<string, string | null>>;
    /** Makes the record that a reference names when there is none. */
    readonly createMissing?: boolean;
    /** The field of the other entity that the text stands in; its title when absent. */
    readonly matchBy?: string;
  };
}

export interface ImportPlan {
  readonly mapping: readonly ColumnMapping[];
  readonly mode: "create" | "upsert";
  /** The field by which `upsert` finds the record to change. */
  readonly key?: string;
}

const TEXT = { type: "string", maxLength: 1_000 } as const;

export const PLAN_SCHEMA = {
  type: "object",
  required: ["mapping"],
  additionalProperties: false,
  properties: {
    mapping: {
      type: "array",
      minItems: 1,
      maxItems: 500,
      items: {
        type: "object",
        required: ["column", "field"],
        additionalProperties: false,
        properties: {
          column: { type: "integer", minimum: 0, maximum: 499 },
          field: TEXT,
          options: {
            type: "object",
            additionalProperties: false,
            properties: {
              dateOrder: { enum: ["mdy", "dmy", "ymd"] },
              valueMap: {
                type: "object",
                maxProperties: 5_000,
                additionalProperties: { anyOf: [TEXT, { type: "null" }] },
              },
              createMissing: { type: "boolean" },
              matchBy: TEXT,
            },
          },
        },
      },
    },
    mode: { enum: ["create", "upsert"] },
    key: TEXT,
  },
} as const;

/** A column with the field that it goes into. */
export interface MappedColumn extends ColumnMapping {
  readonly header: string;
  readonly target: Field;
  /** The entity that the field points to; null when it points nowhere. */
  readonly entity: string | null;
}

/** @throws Problem `invalid` with everything that is wrong with the mapping */
export function resolveMapping(entity: Entity, columns: readonly TableColumn[], plan: ImportPlan): MappedColumn[] {
  const findings: Finding[] = [];
  const fields = new Map<string, Field>(entity.fields.filter(isImportable).map((field) => [field.key, field]));
  if (!fields.has("owner"))
    fields.set("owner", { ...OWNER, required: false, readOnly: false, unique: false, schema: {} });
  const taken = new Set<string>();
  const mapped = plan.mapping.flatMap((one, index): MappedColumn[] => {
    const pointer = pointerTo("/mapping", index);
    const target = fields.get(one.field);
    const column = columns[one.column];
    if (!target) findings.push(finding("unknownField", `${pointer}/field`, { entity: entity.key, field: one.field }));
    if (!column) findings.push(finding("maximum", `${pointer}/column`, { limit: columns.length - 1 }));
    if (taken.has(one.field)) findings.push(finding("duplicateKey", `${pointer}/field`, { key: one.field }));
    taken.add(one.field);
    return target && column ? [{ ...one, header: column.header, target, entity: targetOf(target) }] : [];
  });
  if (plan.mode === "upsert" && (!plan.key || !taken.has(plan.key))) {
    findings.push(
      plan.key ? finding("unknownField", "/key", { entity: entity.key, field: plan.key }) : finding("required", "/key"),
    );
  }
  if (findings.length > 0) throw new Problem("invalid", INVALID, { errors: findings });
  return mapped;
}

function targetOf(field: Field): string | null {
  if (field.kind === "member" || field.kind === "department") return field.kind;
  const { entity } = field.options;
  return field.kind === "reference" && typeof entity === "string" ? entity : null;
}

/** The texts that a column's value may be, for proposals: choices by value and label, stages by key and label. */
export type ChoiceTexts = readonly { readonly text: string; readonly value: Json }[];
