import type { Entity, Field } from "@formwright/model";
import type { ColumnMapping, ColumnOptions, ImportMode, ImportOrder, UploadedColumn } from "./import-api.ts";
import { looseText } from "./loose-text.ts";

/** Where each column of the file goes, by its index; a column that is not there is skipped. */
export type ColumnChoices = Readonly<Record<number, { readonly field: string; readonly options: ColumnOptions }>>;

export interface ImportPlan {
  readonly columns: ColumnChoices;
  readonly mode: ImportMode;
  readonly key: string | null;
}

export type PlanProblem =
  | { readonly code: "nothingMapped" }
  | { readonly code: "keyNeeded" }
  | { readonly code: "usedTwice"; readonly field: string }
  | { readonly code: "requiredMissing"; readonly fields: readonly Field[] };

/** Fields that a file can fill: subforms and everything that computes itself cannot. */
export function fillableFields(entity: Entity, isComputed: (kind: string) => boolean): readonly Field[] {
  return entity.fields.filter((field) => field.kind !== "subform" && !isComputed(field.kind));
}

/** The system field that an import may fill: who the record belongs to. */
export const OWNER_FIELD = "owner";

/** The choices to begin with: what the server suggests, else a field of the same name; no field twice. */
export function suggestedColumns(columns: readonly UploadedColumn[], fields: readonly Field[]): ColumnChoices {
  const used = new Set<string>();
  const choices: Record<number, { field: string; options: ColumnOptions }> = {};
  for (const column of columns) {
    const suggestion = column.suggestion ?? sameName(column.header, fields);
    if (!suggestion || used.has(suggestion.field)) continue;
    if (suggestion.field !== OWNER_FIELD && !fields.some((field) => field.key === suggestion.field)) continue;
    used.add(suggestion.field);
    choices[column.index] = { field: suggestion.field, options: suggestion.options ?? {} };
  }
  return choices;
}

function sameName(header: string, fields: readonly Field[]): { field: string; options?: ColumnOptions } | null {
  const wanted = looseText(header);
  if (!wanted) return null;
  const found = fields.find((field) =>
    [field.key, ...Object.values(field.label)].some((name) => looseText(name) === wanted),
  );
  return found ? { field: found.key } : null;
}

/** Everything that has to be settled before the file can be checked. */
export function planProblems(plan: ImportPlan, fields: readonly Field[]): readonly PlanProblem[] {
  const used = Object.values(plan.columns).map((choice) => choice.field);
  const problems: PlanProblem[] = [];
  if (used.length === 0) problems.push({ code: "nothingMapped" });
  const twice = used.find((field, index) => used.indexOf(field) !== index);
  if (twice) problems.push({ code: "usedTwice", field: twice });
  if (plan.mode === "upsert" && (!plan.key || !used.includes(plan.key))) problems.push({ code: "keyNeeded" });
  const missing = fields.filter((field) => field.required && field.default === undefined && !used.includes(field.key));
  if (missing.length > 0 && plan.mode === "create") problems.push({ code: "requiredMissing", fields: missing });
  return problems;
}

/** The plan as the server takes it; empty options are left out. */
export function orderOf(plan: ImportPlan): ImportOrder {
  const mapping = Object.entries(plan.columns).map(([column, { field, options }]): ColumnMapping => {
    const kept = Object.entries(options).filter(
      ([, value]) => value !== undefined && value !== "" && !(isObject(value) && Object.keys(value).length === 0),
    );
    return {
      column: Number(column),
      field,
      ...(kept.length > 0 ? { options: Object.fromEntries(kept) as ColumnOptions } : {}),
    };
  });
  return { mapping, mode: plan.mode, ...(plan.mode === "upsert" && plan.key ? { key: plan.key } : {}) };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The plan with one column sent elsewhere; null skips it. Options that belong to the old field are dropped. */
export function withField(plan: ImportPlan, column: number, field: string | null): ImportPlan {
  const { [column]: _old, ...others } = plan.columns;
  return { ...plan, columns: field === null ? others : { ...others, [column]: { field, options: {} } } };
}

export function withOptions(plan: ImportPlan, column: number, options: ColumnOptions): ImportPlan {
  const choice = plan.columns[column];
  if (!choice) return plan;
  return { ...plan, columns: { ...plan.columns, [column]: { ...choice, options: { ...choice.options, ...options } } } };
}

/** The plan in which a text of a column means another; null takes the meaning away. */
export function withMeaning(plan: ImportPlan, column: number, from: string, to: string | null): ImportPlan {
  const choice = plan.columns[column];
  if (!choice) return plan;
  const { [from]: _old, ...others } = choice.options.valueMap ?? {};
  return withOptions(plan, column, { valueMap: to === null ? others : { ...others, [from]: to } });
}
