import type { Entity, Field, Finding } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { rolesKey } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { refuseDuplicates } from "../duplicates/find-duplicates.ts";
import { eventValues, insertEvent } from "../events/append-event.ts";
import { invalid } from "../lists/list-query.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import { afterRecordChange, type WithinUpdate, withinUpdate } from "../process/after-record-change.ts";
import { entityOf, findRecordJson, isUuid, notFound, readRecordData, recordDataSql } from "../records/read-record.ts";
import type { RecordChangeKind, RecordData } from "../records/record-change.ts";
import { recordJson, WHOLE_RECORD } from "../records/record-json.ts";
import { compile, contextValues, run, type SlotValues, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { changeRows, type RowChanges } from "../subforms/change-rows.ts";
import { sinceColumn } from "../tables/table-spec.ts";
import type { WriteResult } from "./create-record.ts";
import { asProblem } from "./database-errors.ts";
import { membersChanged } from "./members-changed.ts";
import { referenceSql, referenceValues } from "./references.ts";
import { inTransaction } from "./transaction.ts";
import { rightSql, whyNotUpdated } from "./why-not-updated.ts";
import { type PreparedWrite, prepareUpdate, type RecordInput, type WriteOptions } from "./write-input.ts";

interface UpdatedRow {
  j: string;
  before: string;
  after: string;
  version: number;
}

/**
 * Changes a record: only what is given. Row and history are written in one statement, which also looks at rights, version
 * and references. A change that changes nothing writes nothing.
 *
 * @throws Problem `notFound`, `forbidden`, `invalid`, `conflict`, `stale` (with the current record) when `version` is old
 */
export async function updateRecord(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  input: RecordInput,
  options: WriteOptions = {},
): Promise<WriteResult> {
  return onCurrentModel(db, ctx, (current) => updateRecordNow(db, current, entityKey, id, input, options));
}

async function updateRecordNow(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  input: RecordInput,
  options: WriteOptions,
): Promise<WriteResult> {
  const entity = entityOf(ctx, entityKey);
  if (!isUuid(id)) throw notFound();
  const { write, findings } = prepareUpdate(ctx, entity, input, options);
  if (!write) {
    // Nobody learns from findings about a record that they may not even read.
    if (!options.trusted && !(await findRecordJson(db, ctx, entityKey, id))) throw notFound();
    throw invalid(findings);
  }
  const alone = await updateAlone(db, ctx, entity, id, write, options);
  if (alone) return alone;
  return inTransaction(db, async (tx) => {
    const warnings = await duplicateWarnings(tx, ctx, entity, id, write, options);
    return update(tx, ctx, entity, id, write, options, warnings);
  });
}

/**
 * By far the most updates: one statement that is a transaction of its own. Null when the change has consequences that
 * need more than that, and when nothing was changed: the long way then finds out why.
 */
async function updateAlone(
  db: Db | Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
): Promise<WriteResult | null> {
  if (write.subforms.size > 0 || touchesDuplicates(entity, write, options)) return null;
  const within = withinUpdate(ctx, entity, id, keysOf(write));
  if (!within) return null;
  const key = `${updateKey(ctx, entity, write, options, false)} ${within.key} ${ctx.door === "approval"}`;
  const statement = kept(ctx.model, key, () => compile(updateSql(ctx, entity, write, options, false, within)));
  const values = { ...updateValues(ctx, id, write, options, null), ...within.values };
  const [row] = await run<{ j: string; version: number }>(db, statement, values).catch((error: unknown) => {
    throw asProblem(ctx.model, entity, error);
  });
  return row ? { id, version: row.version, json: row.j, warnings: [] } : null;
}

function touchesDuplicates(entity: Entity, write: PreparedWrite, options: WriteOptions): boolean {
  if (options.trusted) return false;
  return entity.duplicates.some((rule) => rule.fields.some((key) => write.values[key] !== undefined));
}

/** Everything that the write names. */
function keysOf(write: PreparedWrite): readonly string[] {
  return [
    ...write.fields.map((field) => field.key),
    ...write.subforms.keys(),
    ...(write.owner === undefined ? [] : ["owner"]),
  ];
}

async function duplicateWarnings(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
): Promise<readonly Finding[]> {
  if (!touchesDuplicates(entity, write, options)) return [];
  // Nobody learns what a record resembles that they may not change; why not is said by the write.
  if (!(await isUpdatable(tx, ctx, entity, id, options))) return [];
  const old = (await readRecordData(tx, ctx, entity.key, id)) ?? {};
  return refuseDuplicates(tx, ctx, entity, { ...old, ...write.values }, id, options);
}

async function isUpdatable(tx: Tx, ctx: Context, entity: Entity, id: string, options: WriteOptions): Promise<boolean> {
  const statement = kept(ctx.model, `updatable ${entity.key} ${rolesKey(ctx)}`, () =>
    compile(sql`select 1 from ${sql.id(ctx.workspace.schema, entity.key)} t
      where t.id = ${slot("id", "uuid")} and t.deleted_at is null and ${rightSql(ctx, entity, "update", options)}`),
  );
  return (await run(tx, statement, { ...contextValues(ctx), id })).length > 0;
}

async function update(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
  warnings: readonly Finding[],
): Promise<WriteResult> {
  const rowChanges = await changeRows(tx, ctx, entity, id, write, options);
  const hasRows = rowChanges !== null;
  const statement = kept(ctx.model, updateKey(ctx, entity, write, options, hasRows), () =>
    compile(updateSql(ctx, entity, write, options, hasRows)),
  );
  const values = updateValues(ctx, id, write, options, rowChanges);
  const rows = await run<UpdatedRow>(tx, statement, values).catch((error: unknown) => {
    throw asProblem(ctx.model, entity, error);
  });
  const [row] = rows;
  if (!row) return whyNotUpdated(tx, ctx, entity, id, write, options, warnings);
  const before = { ...(JSON.parse(row.before) as RecordData), ...rowChanges?.before };
  const after = JSON.parse(row.after) as RecordData;
  const changed = keysOf(write).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const kind: RecordChangeKind = options.event?.kind === "moved" ? "moved" : "updated";
  if (entity.system) await membersChanged(tx, ctx);
  await afterRecordChange(tx, ctx, { kind, entity: entity.key, id, before, after, changed });
  return { id, version: row.version, json: row.j, warnings };
}

function updateKey(
  ctx: Context,
  entity: Entity,
  write: PreparedWrite,
  options: WriteOptions,
  hasRows: boolean,
): string {
  const shape = [
    write.fields.map((field) => field.key),
    write.references.filter((use) => use.pointer.split("/").length === 3).map((use) => [use.target, use.pointer]),
    write.owner === undefined ? 0 : write.owner === null ? 1 : 2,
    options.version !== undefined,
    options.trusted ?? false,
    options.silent ?? false,
    hasRows,
  ];
  return `update ${entity.key} ${rolesKey(ctx)} ${JSON.stringify(shape)}`;
}

function updateSql(
  ctx: Context,
  entity: Entity,
  write: PreparedWrite,
  options: WriteOptions,
  hasRows: boolean,
  within: WithinUpdate | null = null,
): RawBuilder<unknown> {
  const { schema } = ctx.workspace;
  const table = sql.id(schema, entity.key);
  const { checks, condition } = referenceSql(ctx, write.references, typeof write.owner === "string");
  const sets = write.columns.map(({ name, type }) => ({ name, value: slot(`v_${name}`, type) }));
  const differs = sets.map(({ name, value }) => sql`old.${sql.id(name)} is distinct from ${value}`);
  if (write.owner !== undefined) differs.push(sql`old.owner is distinct from ${slot("owner", "uuid")}`);
  if (hasRows) differs.push(sql`true`);
  const assignments = [
    ...sets.map(({ name, value }) => sql`${sql.id(name)} = ${value}`),
    ...stageClocks(write.fields),
    ...ownerAssignments(schema, write),
    sql`version = t.version + 1`,
    sql`updated_at = ${slot("now", "timestamptz")}`,
    sql`updated_by = ${slot("me", "uuid")}`,
  ];
  const allowed = [
    sql`t.id = old.id`,
    sql`(${differs.length > 0 ? sql.join(differs, sql` or `) : sql`false`})`,
    rightSql(ctx, entity, "update", options),
    condition,
    ...(within ? [within.isOpen(sql`old.id`)] : []),
    ...(options.version !== undefined ? [sql`old.version = ${slot("version", "int")}`] : []),
    ...(write.owner !== undefined
      ? [
          sql`(old.owner is not distinct from ${slot("owner", "uuid")} or ${rightSql(ctx, entity, "transfer", options)})`,
        ]
      : []),
  ];
  const json = options.silent ? sql`''` : sql`${recordJson(ctx, entity, "t", WHOLE_RECORD)}::text`;
  const parts = [
    sql`old as materialized (select t.* from ${table} t
      where t.id = ${slot("id", "uuid")} and t.deleted_at is null and ${rightSql(ctx, entity, "read", options)} for update)`,
    sql`checks as (select ${checks})`,
    sql`changed as (update ${table} t set ${sql.join(assignments)} from old, checks
      where ${sql.join(allowed, sql` and `)} returning t.*)`,
    sql`logged as (${insertEvent(schema, entity.key, sql`t.id`, changesSql(write), sql`from changed t, old`)})`,
  ];
  if (within) return sql`with ${sql.join([...parts, ...within.parts])} select ${json} as j, t.version from changed t`;
  return sql`with ${sql.join(parts)}
    select ${json} as j, ${recordDataSql(ctx, entity, "old", false)}::text as before,
      ${recordDataSql(ctx, entity, "t")}::text as after, t.version
    from changed t, old`;
}

/** A stage that changes starts its clock anew. */
function stageClocks(fields: readonly Field[]): readonly RawBuilder<unknown>[] {
  return fields
    .filter((field) => field.kind === "stage")
    .map((field) => {
      const since = sql.id(sinceColumn(field.key));
      return sql`${since} = case when old.${sql.id(field.key)} is distinct from ${slot(`v_${field.key}`, "text")}
        then ${slot("now", "timestamptz")} else old.${since} end`;
    });
}

function ownerAssignments(schema: string, write: PreparedWrite): readonly RawBuilder<unknown>[] {
  if (write.owner === undefined) return [];
  return [
    sql`owner = ${slot("owner", "uuid")}`,
    sql`owner_department = case when old.owner is distinct from ${slot("owner", "uuid")}
      then (select department from ${sql.id(schema, "member")} where id = ${slot("owner", "uuid")}) else old.owner_department end`,
  ];
}

/** `{field: [old, new]}` of what really differs, computed where both are at hand. */
function changesSql(write: PreparedWrite): RawBuilder<unknown> {
  const keys = [...write.fields.map((field) => field.key), ...(write.owner === undefined ? [] : ["owner"])];
  const rows = slot("rowChanges", "jsonb");
  if (keys.length === 0) return rows;
  const tuples = keys.map((key) => sql`(${sql.lit(key)}, to_jsonb(old.${sql.id(key)}), to_jsonb(t.${sql.id(key)}))`);
  return sql`(select coalesce(jsonb_object_agg(c.k, jsonb_build_array(c.o, c.n)), '{}'::jsonb) || ${rows}
    from (values ${sql.join(tuples)}) c(k, o, n) where c.o is distinct from c.n)`;
}

function updateValues(
  ctx: Context,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
  rowChanges: RowChanges | null,
): SlotValues {
  const event = options.event ?? { kind: "updated", data: null };
  return Object.assign(
    {
      ...contextValues(ctx),
      ...eventValues(ctx, event.kind, event.data),
      ...referenceValues(write.references),
      id,
      owner: write.owner ?? null,
      version: options.version ?? null,
      rowChanges: JSON.stringify(rowChanges?.changes ?? {}),
    },
    ...write.columns.map((column) => ({ [`v_${column.name}`]: column.value })),
  ) as SlotValues;
}
