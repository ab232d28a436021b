import { computeFormula } from "@formwright/fields/model";
import type { Entity } from "@formwright/model";
import type { RuleData, RuleEnvironment, RuleValue } from "@formwright/rules";
import type { Context, Db } from "../context.ts";
import { propertiesOf } from "../model/paths.ts";
import { readRecordData } from "../records/read-record.ts";
import type { RecordData } from "../records/record-change.ts";

/** How far rules may walk from record to record: as far as paths go. */
const MAX_STEPS = 4;

/**
 * A record as rules read it, with the records that `paths` walk to in the places of their references.
 *
 * @param paths such as "customer.level"; those without a dot cost nothing
 * @returns null when there is no such record
 */
export async function loadRuleData(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  paths: readonly string[],
): Promise<RuleData | null> {
  const entity = ctx.model.entities.get(entityKey);
  const record = entity ? await readRecordData(db, ctx, entityKey, id) : null;
  return entity && record ? withReferences(db, ctx, entity, record, paths, MAX_STEPS) : null;
}

/** The same for a record that was read already. */
export async function withReferences(
  db: Db,
  ctx: Context,
  entity: Entity,
  record: RecordData,
  paths: readonly string[],
  steps: number = MAX_STEPS,
): Promise<RuleData> {
  const data: Record<string, RuleValue | RuleData> = { ...(record as RuleData) };
  const walked = Map.groupBy(
    paths.filter((path) => path.includes(".")),
    (path) => path.slice(0, path.indexOf(".")),
  );
  for (const [key, through] of walked) {
    const target = propertiesOf(entity).get(key)?.target;
    const id = record[key];
    const targetEntity = target ? ctx.model.entities.get(target) : undefined;
    if (!targetEntity || typeof id !== "string" || steps <= 1) continue;
    const referenced = await readRecordData(db, ctx, targetEntity.key, id);
    if (!referenced) continue;
    const rest = through.map((path) => path.slice(key.length + 1));
    data[key] = await withReferences(db, ctx, targetEntity, referenced, rest, steps - 1);
  }
  return data;
}

/** Values as they are sent, as rules read them: rows of subforms lie flat. */
export function flatValues(entity: Entity, values: RecordData): RecordData {
  const subforms = entity.fields.filter((field) => field.kind === "subform" && Array.isArray(values[field.key]));
  const flat = subforms.map((field) => [field.key, (values[field.key] as readonly SentRow[]).map(flatRow)]);
  return { ...values, ...Object.fromEntries(flat) };
}

interface SentRow {
  readonly id?: string;
  readonly values?: RecordData;
}

function flatRow(row: SentRow): RecordData {
  return { ...row.values, id: row.id ?? null };
}

/** What rules know beside the record. `me` is the person whom the process is about; null for the platform itself. */
export function environmentOf(
  ctx: Context,
  me: string | null = null,
  department: string | null = null,
): RuleEnvironment {
  return { now: ctx.now, timeZone: ctx.workspace.timeZone, me, myDepartment: department };
}

/** Computes the formulas of a record anew, as PostgreSQL will after the write. */
export function deriver(ctx: Context, entity: Entity): (record: RuleData) => RuleData {
  const formulas = entity.fields.filter((field) => field.kind === "formula" && field.options.rule !== undefined);
  const environment = environmentOf(ctx);
  return (record) => ({
    ...record,
    ...Object.fromEntries(
      formulas.map((field) => [field.key, computeFormula(field, entity.fields, record, environment)]),
    ),
  });
}
