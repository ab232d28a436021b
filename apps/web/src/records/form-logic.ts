import { FIELD_KINDS, type FieldKindKey, formulaRule } from "@formwright/fields/model";
import type { Entity, Field, FormSection, Json, LocalText } from "@formwright/model";
import { evaluate, holds, type Rule, type RuleData, type RuleEnvironment } from "@formwright/rules";
import type { ProblemError } from "../api/problem.ts";

export type FormValues = Readonly<Record<string, Json>>;

/** How a placed field is at this moment. */
export interface FieldState {
  readonly isShown: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
}

export const REQUIRED_MESSAGE: LocalText = { en: "Please fill this in.", "zh-CN": "请填写此项。" };

/** The values with every formula computed anew, in the record and in the rows of its subforms. */
export function withFormulas(entity: Entity, values: FormValues, environment: RuleEnvironment): FormValues {
  const computed: Record<string, Json> = { ...values };
  for (const field of entity.fields) {
    if (field.kind === "subform" && Array.isArray(values[field.key])) {
      computed[field.key] = (values[field.key] as readonly RowJson[]).map((row) => ({
        ...row,
        values: computedRow(field.fields ?? [], row.values, environment),
      }));
    }
  }
  return computedRow(entity.fields, computed, environment);
}

interface RowJson {
  readonly [key: string]: Json;
  readonly values: { readonly [key: string]: Json };
}

function computedRow(
  fields: readonly Field[],
  values: FormValues,
  environment: RuleEnvironment,
): FormValues & RowJson["values"] {
  const result: Record<string, Json> = { ...values };
  const data = ruleData(fields, values, {});
  for (const field of fields) {
    if (field.kind === "formula") result[field.key] = tryEvaluate(formulaRule(field, fields), data, environment);
  }
  return result;
}

/** A record as rules read it: rows of subforms flat, references that were loaded whole as nested records. */
export function ruleData(
  fields: readonly Field[],
  values: FormValues,
  expanded: Readonly<Record<string, FormValues | undefined>>,
): RuleData {
  const data: Record<string, unknown> = { ...values };
  for (const field of fields) {
    const value = values[field.key] ?? null;
    data[field.key] = value;
    if (field.kind === "subform") {
      data[field.key] = Array.isArray(value) ? (value as readonly RowJson[]).map((row) => row.values) : [];
    }
    const whole = expanded[field.key];
    if (whole !== undefined && typeof value === "string") data[field.key] = { ...whole, id: value };
  }
  return data as RuleData;
}

/** Which placed fields are shown, required and read-only, by the field, the form's rules, and what this person may. */
export function fieldStates(
  sections: readonly FormSection[],
  entity: Entity,
  data: RuleData,
  environment: RuleEnvironment,
  locked: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, FieldState> {
  const fields = new Map(entity.fields.map((field) => [field.key, field]));
  const states = new Map<string, FieldState>();
  for (const section of sections) {
    const isSectionShown = isTrue(section.show, data, environment, true);
    for (const placed of section.fields) {
      const field = fields.get(placed.field);
      const isShown = isSectionShown && isTrue(placed.show, data, environment, true);
      const isReadOnly =
        locked.has(placed.field) ||
        (field !== undefined && (field.readOnly || isComputed(field))) ||
        isTrue(placed.readOnly, data, environment, false);
      const isRequired =
        isShown && !isReadOnly && (field?.required === true || isTrue(placed.require, data, environment, false));
      states.set(placed.field, { isShown, isRequired, isReadOnly });
    }
  }
  return states;
}

/** What is wrong with the values, by field: the first finding of each. Hidden and read-only fields are left alone. */
export function findErrors(
  entity: Entity,
  values: FormValues,
  states: ReadonlyMap<string, FieldState>,
): ReadonlyMap<string, LocalText> {
  const errors = new Map<string, LocalText>();
  for (const field of entity.fields) {
    const state = states.get(field.key);
    if (state === undefined || !state.isShown || state.isReadOnly) continue;
    const error = errorOf(field, values[field.key] ?? null, state.isRequired);
    if (error !== null) errors.set(field.key, error);
  }
  return errors;
}

/** What is wrong with one value; null when nothing is. */
export function errorOf(field: Field, value: Json, isRequired: boolean): LocalText | null {
  if (isEmptyValue(value)) return isRequired ? REQUIRED_MESSAGE : null;
  if (field.kind === "subform") return rowsError(field, value);
  const { minimum, maximum } = field.schema;
  if (typeof value === "number" && typeof minimum === "number" && value < minimum) {
    return { en: `At least ${minimum}.`, "zh-CN": `不能小于 ${minimum}。` };
  }
  if (typeof value === "number" && typeof maximum === "number" && value > maximum) {
    return { en: `At most ${maximum}.`, "zh-CN": `不能大于 ${maximum}。` };
  }
  if (field.kind === "email" && typeof value === "string" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return { en: "This is not an e-mail address.", "zh-CN": "邮箱格式不正确。" };
  }
  return kindOf(field)?.checkValue(value, field.options)[0]?.message ?? null;
}

function rowsError(field: Field, value: Json): LocalText | null {
  const rows = Array.isArray(value) ? (value as readonly RowJson[]) : [];
  for (const [index, row] of rows.entries()) {
    for (const column of field.fields ?? []) {
      if (column.readOnly || isComputed(column)) continue;
      const error = errorOf(column, row.values[column.key] ?? null, column.required);
      if (error === null) continue;
      return {
        en: `Row ${index + 1}, ${column.label.en ?? column.key}: ${error.en}`,
        "zh-CN": `第 ${index + 1} 行，${column.label["zh-CN"] ?? column.label.en ?? column.key}：${error["zh-CN"]}`,
      };
    }
  }
  return null;
}

/** The values that differ from what they were: what a save sends. */
export function changedValues(entity: Entity, before: FormValues, after: FormValues): FormValues {
  const keys = [...entity.fields.filter((field) => !isComputed(field)).map((field) => field.key), "owner"];
  const changed: Record<string, Json> = {};
  for (const key of keys) {
    const value = after[key] ?? null;
    if (!isSame(value, before[key] ?? null)) changed[key] = forWire(value);
  }
  return changed;
}

/** Findings of the server by field, and those that belong to none. Pointers look like "/values/amount" or "/amount". */
export function errorsByField(
  errors: readonly ProblemError[],
  entity: Entity,
): { readonly fields: ReadonlyMap<string, string>; readonly others: readonly string[] } {
  const known = new Set([...entity.fields.map((field) => field.key), "owner"]);
  const fields = new Map<string, string>();
  const others: string[] = [];
  for (const error of errors) {
    const parts = error.pointer.split("/").slice(1);
    if (parts[0] === "values") parts.shift();
    const key = parts[0] ?? "";
    if (known.has(key)) {
      if (!fields.has(key)) fields.set(key, error.message);
    } else if (!others.includes(error.message)) others.push(error.message);
  }
  return { fields, others };
}

/** The values that a new record starts with: the fields' defaults over nothing. */
export function defaultValues(entity: Entity, preset: FormValues, environment: RuleEnvironment): FormValues {
  const values: Record<string, Json> = {};
  for (const field of entity.fields) {
    if (field.default !== undefined) values[field.key] = tryEvaluate(field.default, {}, environment);
  }
  return { ...values, ...preset };
}

export function isComputed(field: Field): boolean {
  return field.kind === "stage" || kindOf(field)?.computed === true;
}

export function isEmptyValue(value: Json | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function isSame(one: Json, other: Json): boolean {
  return one === other || (isEmptyValue(one) && isEmptyValue(other)) || JSON.stringify(one) === JSON.stringify(other);
}

/** Rows go without the titles that came along with them, and without what is computed. */
function forWire(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.map((item): Json => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item as Json;
    const { refs: _, ...row } = item as RowJson;
    return row;
  });
}

/** The rows of a subform without their computed columns, which the server computes itself. */
export function withoutComputed(entity: Entity, values: FormValues): FormValues {
  const result: Record<string, Json> = { ...values };
  for (const field of entity.fields) {
    const value = values[field.key];
    if (field.kind !== "subform" || !Array.isArray(value)) continue;
    const computed = new Set((field.fields ?? []).filter(isComputed).map((column) => column.key));
    result[field.key] = (value as readonly RowJson[]).map((row) => ({
      ...row,
      values: Object.fromEntries(Object.entries(row.values).filter(([key]) => !computed.has(key))),
    }));
  }
  return result;
}

function kindOf(field: Field) {
  return Object.hasOwn(FIELD_KINDS, field.kind) ? FIELD_KINDS[field.kind as FieldKindKey] : null;
}

function isTrue(rule: Rule | undefined, data: RuleData, environment: RuleEnvironment, fallback: boolean): boolean {
  if (rule === undefined) return fallback;
  try {
    return holds(rule, data, environment);
  } catch {
    return fallback;
  }
}

function tryEvaluate(rule: Rule, data: RuleData, environment: RuleEnvironment): Json {
  try {
    return evaluate(rule, data, environment) as Json;
  } catch {
    return null;
  }
}
