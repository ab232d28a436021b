import {
  compileSchema,
  type Entity,
  type Field,
  type Finding,
  finding,
  findingsAt,
  type Json,
  pointerTo,
  type SchemaCheck,
} from "@formwright/model";
import { fieldKindOf } from "../model/field-kinds.ts";
import { isUuid } from "../records/read-record.ts";

type Values = { readonly [field: string]: Json };

/**
 * Everything that is wrong with the values of one record, pointers beginning with `/values`.
 *
 * @param isPartial true when only some values are given: what is absent then stays as it is
 */
export function checkValues(entity: Entity, values: Values, isPartial: boolean): readonly Finding[] {
  return entity.fields.flatMap((field) =>
    checkField(field, values[field.key], pointerTo("/values", field.key), isPartial),
  );
}

function checkField(field: Field, value: Json | undefined, pointer: string, isPartial: boolean): readonly Finding[] {
  const kind = fieldKindOf(field);
  if (kind.computed || (value === undefined && isPartial)) return [];
  if (field.kind === "subform") return checkRows(field, value ?? null, pointer);
  if (value === undefined || value === null) return field.required ? [finding("required", pointer)] : [];
  const shape = checkOf(field)(value);
  return findingsAt(pointer, shape.length > 0 ? shape : kind.checkValue(value, field.options));
}

const checks = new WeakMap<Field, SchemaCheck>();

/** The check of a field's JSON Schema, compiled once: fields are frozen with their release. */
function checkOf(field: Field): SchemaCheck {
  let check = checks.get(field);
  if (!check) {
    check = compileSchema(field.schema);
    checks.set(field, check);
  }
  return check;
}

/** Rows come as `{id?, values}`: the id says which row that is already there is meant. */
function checkRows(field: Field, value: Json, pointer: string): readonly Finding[] {
  const rows = value ?? [];
  if (!Array.isArray(rows)) return [finding("type", pointer, { expected: "a list of rows", expectedZh: "行列表" })];
  const findings: Finding[] = [];
  const { minRows, maxRows } = field.options as { readonly minRows?: number; readonly maxRows?: number };
  const least = Math.max(minRows ?? 0, field.required ? 1 : 0);
  if (rows.length < least) findings.push(finding("minItems", pointer, { limit: least }));
  if (maxRows !== undefined && rows.length > maxRows) return [finding("maxItems", pointer, { limit: maxRows })];
  const ids = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const at = pointerTo(pointer, index);
    const shape = rowShape(row, at, ids);
    findings.push(...shape);
    if (shape.length === 0)
      findings.push(...checkRow(field, (row as { values: Values }).values, pointerTo(at, "values")));
  }
  return findings;
}

function rowShape(row: unknown, pointer: string, ids: Set<string>): readonly Finding[] {
  if (typeof row !== "object" || row === null || Array.isArray(row))
    return [finding("type", pointer, { expected: "a row", expectedZh: "行" })];
  const { id, values, ...rest } = row as { readonly id?: unknown; readonly values?: unknown };
  const findings = Object.keys(rest).map((name) => finding("unknownProperty", pointerTo(pointer, name), { name }));
  if (typeof values !== "object" || values === null || Array.isArray(values))
    findings.push(finding("required", pointerTo(pointer, "values")));
  if (id !== undefined && id !== null && (!isUuid(id) || ids.has(id)))
    findings.push(finding(isUuid(id) ? "uniqueItems" : "format", pointerTo(pointer, "id"), { format: "id" }));
  if (isUuid(id)) ids.add(id);
  return findings;
}

function checkRow(subform: Field, values: Values, pointer: string): readonly Finding[] {
  const fields = new Map((subform.fields ?? []).map((field) => [field.key, field]));
  const unknown = Object.keys(values).flatMap((key) => {
    const field = fields.get(key);
    if (!field) return [finding("unknownProperty", pointerTo(pointer, key), { name: key })];
    return fieldKindOf(field).computed ? [finding("readOnlyField", pointerTo(pointer, key))] : [];
  });
  return [
    ...unknown,
    ...[...fields.values()].flatMap((field) =>
      checkField(field, values[field.key], pointerTo(pointer, field.key), false),
    ),
  ];
}
