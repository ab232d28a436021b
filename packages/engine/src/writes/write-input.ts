import {
  type Entity,
  type Field,
  type Finding,
  finding,
  findingsAt,
  type Json,
  pointerTo,
  validateValues,
} from "@formwright/model";
import { evaluate, type Rule, type RuleData } from "@formwright/rules";
import { accessOf, isUnlimited } from "../access/compile-access.ts";
import type { Context } from "../context.ts";
import { fieldKindOf } from "../model/field-kinds.ts";
import { storageOf } from "../model/field-storage.ts";
import { targetOf } from "../model/paths.ts";
import { isUuid } from "../records/read-record.ts";
import type { RecordData } from "../records/record-change.ts";

/** What a caller sends to create or change a record. */
export interface RecordInput {
  readonly values?: { readonly [field: string]: Json };
  /** Who owns it from now on; the creator when a new record says nothing. */
  readonly owner?: string | null;
}

/** How a write differs from what a person types into a form. */
export interface WriteOptions {
  /**
   * The platform writes on its own account (a transition, an approval step, an automation): the caller's roles, computed
   * fields aside, do not hold it back, and stages may be set. The actor in the history stays the caller.
   */
  readonly trusted?: boolean;
  /** What the history says beside the changes. */
  readonly event?: { readonly kind: string; readonly data: Json };
  /** When it was created, if not now: samples and imports of old data. Taken from trusted writes only. */
  readonly createdAt?: string;
  /** The version that the caller saw. */
  readonly version?: number;
  /** Leaves the finished JSON out of the result when nobody reads it. */
  readonly silent?: boolean;
  /** False to write although a similar record was found; rules that refuse are asked anyway. */
  readonly warnsOfDuplicates?: boolean;
}

export interface ColumnValue {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

export interface RowInput {
  readonly id: string | null;
  readonly columns: readonly ColumnValue[];
}

export interface ReferenceUse {
  readonly target: string;
  readonly id: string;
  readonly pointer: string;
}

/** A write that passed everything that can be known without the database. */
export interface PreparedWrite {
  readonly columns: readonly ColumnValue[];
  /** Fields whose value was given or defaulted, without subforms. */
  readonly fields: readonly Field[];
  readonly values: { readonly [field: string]: Json };
  readonly subforms: ReadonlyMap<string, readonly RowInput[]>;
  readonly references: readonly ReferenceUse[];
  readonly owner: string | null | undefined;
}

export type Prepared = { readonly write: PreparedWrite | null; readonly findings: readonly Finding[] };

/** Checks a new record's values, fills in defaults, and turns them into columns. */
export function prepareCreate(ctx: Context, entity: Entity, input: RecordInput, options: WriteOptions): Prepared {
  const { values: given, owner, findings } = splitOwner(input);
  const refused = checkKeys(ctx, entity, given, options, true);
  // Defaults are rules on the values given: they are asked only when those are what they seem.
  const sound = refused.length === 0 && (!hasDefaults(entity) || checkOf(ctx, entity, given, true).length === 0);
  const values = sound ? withDefaults(ctx, entity, given) : given;
  findings.push(...refused, ...besides(refused, checkOf(ctx, entity, values, false)));
  return findings.length > 0 ? { write: null, findings } : { write: prepared(entity, values, owner), findings: [] };
}

/** Checks the values that change and turns them into columns. */
export function prepareUpdate(ctx: Context, entity: Entity, input: RecordInput, options: WriteOptions): Prepared {
  const { values, owner, findings } = splitOwner(input);
  const refused = checkKeys(ctx, entity, values, options, false);
  findings.push(...refused, ...besides(refused, checkOf(ctx, entity, values, true)));
  return findings.length > 0 ? { write: null, findings } : { write: prepared(entity, values, owner), findings: [] };
}

function hasDefaults(entity: Entity): boolean {
  return entity.fields.some((field) => field.default !== undefined);
}

function checkOf(
  ctx: Context,
  entity: Entity,
  values: { readonly [field: string]: Json },
  isPartial: boolean,
): readonly Finding[] {
  return findingsAt("/values", validateValues(entity, values, ctx.model.kinds, { isPartial }));
}

/** What is wrong with values whose key the caller may send: of the others not even their shape is told. */
function besides(refused: readonly Finding[], findings: readonly Finding[]): readonly Finding[] {
  const keys = new Set(refused.map(({ pointer }) => pointer));
  return findings.filter(({ pointer }) => !keys.has(pointer.split("/").slice(0, 3).join("/")));
}

/** `values.owner` means the same as `owner` beside the values. */
function splitOwner(input: RecordInput) {
  const { owner: valuesOwner, ...values } = input.values ?? {};
  const owner = input.owner !== undefined ? input.owner : (valuesOwner as string | null | undefined);
  const findings: Finding[] = [];
  if (owner !== undefined && owner !== null && !isUuid(owner))
    findings.push(finding("format", input.owner !== undefined ? "/owner" : "/values/owner", { format: "id" }));
  return { values, owner, findings };
}

function checkKeys(
  ctx: Context,
  entity: Entity,
  values: { readonly [field: string]: Json },
  options: WriteOptions,
  isNew: boolean,
): readonly Finding[] {
  const access = accessOf(ctx, entity);
  const fields = fieldsByKey(entity);
  const findings: Finding[] = [];
  for (const [key, value] of Object.entries(values)) {
    const pointer = pointerTo("/values", key);
    const field = fields.get(key);
    const allowed = options.trusted ? "open" : access.field(key);
    if (!field || allowed === "hidden") findings.push(finding("unknownProperty", pointer, { name: key }));
    else if (fieldKindOf(field).computed) findings.push(finding("readOnlyField", pointer));
    else if (allowed === "readOnly" || (field.readOnly && !options.trusted && !isUnlimited(ctx)))
      findings.push(readOnly(pointer));
    else if (field.kind === "stage" && !maySetStage(ctx, entity, field, value, options, isNew))
      findings.push(finding("useTransition", pointer));
  }
  return findings;
}

function readOnly(pointer: string): Finding {
  return {
    pointer,
    code: "readOnly",
    message: { en: "You may not change this field.", "zh-CN": "您不能修改此字段。" },
    severity: "error",
  };
}

/** A record starts where its flow starts; later it moves by transitions alone. Whoever imports may say where it stood. */
function maySetStage(
  ctx: Context,
  entity: Entity,
  field: Field,
  value: Json,
  options: WriteOptions,
  isNew: boolean,
): boolean {
  if (options.trusted || ctx.actor.kind === "system") return true;
  if (!isNew) return false;
  return value === startOf(ctx, field) || accessOf(ctx, entity).reach("import") !== "none";
}

function startOf(ctx: Context, field: Field): string | null {
  return ctx.model.flows.get(String(field.options.flow))?.start ?? null;
}

const byKey = new WeakMap<Entity, ReadonlyMap<string, Field>>();

export function fieldsByKey(entity: Entity): ReadonlyMap<string, Field> {
  let fields = byKey.get(entity);
  if (!fields) {
    fields = new Map(entity.fields.map((field) => [field.key, field]));
    byKey.set(entity, fields);
  }
  return fields;
}

function withDefaults(ctx: Context, entity: Entity, given: { readonly [field: string]: Json }) {
  const values: { [field: string]: Json } = { ...given };
  for (const field of entity.fields) {
    if (values[field.key] !== undefined) continue;
    if (field.kind === "stage") {
      const start = startOf(ctx, field);
      if (start !== null) values[field.key] = start;
    } else if (field.default !== undefined) values[field.key] = evaluateRule(ctx, field.default, values);
  }
  return values;
}

/** What a rule gives on a record, for the caller and the moment of this call. */
export function evaluateRule(ctx: Context, rule: Rule, data: RecordData): Json {
  const member = ctx.actor.kind === "member" ? ctx.actor.member : null;
  return evaluate(rule, data as unknown as RuleData, {
    now: ctx.now,
    timeZone: ctx.timeZone,
    me: member?.id ?? null,
    myDepartment: member?.department ?? null,
  }) as Json;
}

function prepared(
  entity: Entity,
  values: { readonly [field: string]: Json },
  owner: string | null | undefined,
): PreparedWrite {
  const columns: ColumnValue[] = [];
  const fields: Field[] = [];
  const subforms = new Map<string, readonly RowInput[]>();
  const references: ReferenceUse[] = [];
  for (const field of entity.fields) {
    const value = values[field.key];
    if (value === undefined || fieldKindOf(field).computed) continue;
    const pointer = pointerTo("/values", field.key);
    if (field.kind === "subform") {
      subforms.set(field.key, rowsOf(entity, field, value, pointer, references));
      continue;
    }
    fields.push(field);
    columns.push(...columnsOf(entity, field, value));
    addReference(field, value, pointer, references);
  }
  return { columns, fields, values, subforms, references, owner };
}

function addReference(field: Field, value: Json, pointer: string, references: ReferenceUse[]): void {
  const target = targetOf(field);
  if (target && typeof value === "string") references.push({ target, id: value, pointer });
}

/** The columns that a value goes into, with the types to bind them as. */
export function columnsOf(entity: Entity, field: Field, value: Json): readonly ColumnValue[] {
  const storage = storageOf(field);
  const written = storage.write(value, field);
  return storage
    .columns(field, { entity, timeZone: "UTC" })
    .flatMap(({ name, type }) => (Object.hasOwn(written, name) ? [{ name, type, value: written[name] ?? null }] : []));
}

function rowsOf(
  entity: Entity,
  subform: Field,
  value: Json,
  pointer: string,
  references: ReferenceUse[],
): readonly RowInput[] {
  const rows = (value ?? []) as readonly { readonly id?: string; readonly values?: { readonly [key: string]: Json } }[];
  return rows.map((row, index) => {
    const columns = (subform.fields ?? []).flatMap((field) => {
      const cell = row.values?.[field.key] ?? null;
      if (fieldKindOf(field).computed) return [];
      addReference(field, cell, pointerTo(pointer, index, "values", field.key), references);
      return columnsOf(entity, field, cell);
    });
    return { id: row.id ?? null, columns };
  });
}
