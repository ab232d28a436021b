import { type Finding, finding, findingsAt, pointerTo } from "../common/finding.ts";
import type { Json, JsonObject } from "../common/json.ts";
import type { FieldKindModel, FieldKindRegistry } from "../field-kind.ts";
import type { SchemaCheck } from "../schema/check.ts";
import { compileSchema } from "../schema/compile-schema.ts";
import { FORMATS } from "../schema/formats.ts";
import { isPlainObject } from "../schema/json-type.ts";
import type { Entity, Field } from "./definition.ts";

export interface ValidateOptions {
  /** Only what changes was sent: what is absent stays as it is. */
  readonly isPartial: boolean;
}

/** One field, ready to check values. */
interface FieldPlan {
  readonly field: Field;
  readonly kind: FieldKindModel;
  readonly check: SchemaCheck;
  /** Present for subforms. */
  readonly rows: Plan | null;
}

interface Plan {
  readonly fields: ReadonlyMap<string, FieldPlan>;
  readonly required: readonly FieldPlan[];
}

const plans = new WeakMap<Entity, Plan>();

/**
 * Checks the values of one record as they are sent: every field known, none computed, each value of its kind, the
 * required ones there. All findings, pointers relative to `values` ("/amount", "/items/2/values/price").
 * What the roles of the caller allow is another question, and so are stages, which move through transitions.
 *
 * Compiled once for each entity object, that is once per release.
 *
 * @param values by field key; null empties a field
 */
export function validateValues(
  entity: Entity,
  values: { readonly [field: string]: Json },
  kinds: FieldKindRegistry,
  { isPartial }: ValidateOptions,
): readonly Finding[] {
  const plan = plans.get(entity) ?? planOf(entity.fields, kinds);
  plans.set(entity, plan);
  if (!isPlainObject(values)) return [finding("type", "", { expected: "an object", expectedZh: "对象" })];
  return checkValues(plan, values, "", isPartial);
}

function planOf(fields: readonly Field[], kinds: FieldKindRegistry): Plan {
  const all = fields.flatMap((field): FieldPlan[] => {
    const kind = kinds[field.kind];
    if (!kind) return [];
    const rows = field.fields ? planOf(field.fields, kinds) : null;
    const { items: _, ...outer } = field.schema;
    return [{ field, kind, rows, check: compileSchema(rows ? outer : field.schema) }];
  });
  return {
    fields: new Map(all.map((plan) => [plan.field.key, plan])),
    // A stage that nobody gives is the first of its flow.
    required: all.filter(({ field, kind }) => field.required && !kind.flow),
  };
}

function checkValues(plan: Plan, values: JsonObject, pointer: string, isPartial: boolean): Finding[] {
  const findings: Finding[] = [];
  for (const key of Object.keys(values)) {
    const at = pointerTo(pointer, key);
    const field = plan.fields.get(key);
    if (!field) findings.push(finding("unknownProperty", at, { name: key.slice(0, 60) }));
    else findings.push(...checkValue(field, values[key] as Json, at));
  }
  if (isPartial) return findings;
  for (const { field } of plan.required) {
    if (!Object.hasOwn(values, field.key)) findings.push(finding("required", pointerTo(pointer, field.key)));
  }
  return findings;
}

function checkValue({ field, kind, check, rows }: FieldPlan, value: Json, pointer: string): readonly Finding[] {
  if (kind.computed) return [finding("readOnlyField", pointer)];
  if (value === null) return field.required ? [finding("required", pointer)] : [];
  const shape = check(value);
  if (shape.length > 0) return findingsAt(pointer, shape);
  if (rows && field.required && (value as readonly Json[]).length === 0) return [finding("required", pointer)];
  if (rows) return checkRows(rows, value as readonly Json[], pointer);
  return findingsAt(pointer, kind.checkValue(value, field.options));
}

/** `{id?, values}` each, the values whole: the id only says which row it is that was there before. */
function checkRows(plan: Plan, rows: readonly Json[], pointer: string): Finding[] {
  const seen = new Set<Json>();
  return rows.flatMap((row, index) => {
    const at = pointerTo(pointer, index);
    if (!isPlainObject(row)) return [finding("type", at, { expected: "an object", expectedZh: "对象" })];
    const { id, values, ...others } = row;
    const findings = Object.keys(others).map((name) => finding("unknownProperty", pointerTo(at, name), { name }));
    if (id !== undefined && id !== null) findings.push(...checkRowId(id, seen, `${at}/id`));
    if (values === undefined) findings.push(finding("required", `${at}/values`));
    else if (!isPlainObject(values)) {
      findings.push(finding("type", `${at}/values`, { expected: "an object", expectedZh: "对象" }));
    } else findings.push(...checkValues(plan, values as JsonObject, `${at}/values`, false));
    return findings;
  });
}

function checkRowId(id: unknown, seen: Set<Json>, pointer: string): Finding[] {
  if (typeof id !== "string" || !FORMATS.uuid?.(id)) return [finding("format", pointer, { format: "uuid" })];
  const isTwin = seen.has(id);
  seen.add(id);
  return isTwin ? [finding("uniqueItems", pointer)] : [];
}
