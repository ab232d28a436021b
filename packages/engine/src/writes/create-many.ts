import { type Entity, Problem } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Tx } from "../context.ts";
import { eventValues, insertEvent } from "../events/append-event.ts";
import { invalid } from "../lists/list-query.ts";
import { afterRecordsCreated } from "../process/after-record-change.ts";
import { entityOf, recordDataSql } from "../records/read-record.ts";
import type { RecordChange, RecordData } from "../records/record-change.ts";
import { recordJson, WHOLE_RECORD } from "../records/record-json.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { sinceColumn } from "../tables/table-spec.ts";
import { autonumbers, reserveNumbers } from "./autonumber.ts";
import { changesOf, mayNot, type WriteResult } from "./create-record.ts";
import { asProblem } from "./database-errors.ts";
import { membersChanged } from "./members-changed.ts";
import { findUnknownReferences } from "./references.ts";
import { type PreparedWrite, prepareCreate, type RecordInput, type WriteOptions } from "./write-input.ts";

interface MadeRow {
  id: string;
  j: string;
  d: string;
}

/**
 * Creates many records of one entity in one statement, with one event each. All or none: whoever wants the good rows of a
 * bad batch asks again row by row.
 *
 * @throws Problem for the first row that cannot be written, and for rows that only the single path can write (subforms,
 *   duplicate rules)
 */
export async function createMany(
  tx: Tx,
  ctx: Context,
  entityKey: string,
  inputs: readonly RecordInput[],
  options: WriteOptions,
): Promise<readonly WriteResult[]> {
  const entity = entityOf(ctx, entityKey);
  if (!options.trusted && accessOf(ctx, entity).reach("create") === "none") throw mayNot("create");
  const writes = inputs.map((input) => prepareRow(ctx, entity, input, options));
  // Nobody sees warnings about ten thousand rows; a rule that refuses has to be asked for each.
  if (entity.duplicates.some((rule) => rule.on === "refuse") && !options.trusted) throw oneByOne();
  const references = writes.flatMap((write) => write.references);
  const owners = writes.flatMap((write) =>
    write.owner ? [{ target: "member", id: write.owner, pointer: "/owner" }] : [],
  );
  const unknown = await findUnknownReferences(tx, ctx, [...references, ...owners]);
  if (unknown.length > 0) throw invalid(unknown);
  const rows = await rowsOf(tx, ctx, entity, writes);
  const columns = columnsOf(entity, writes);
  const key = `many ${entity.key} ${rolesKey(ctx)} ${JSON.stringify([[...columns.keys()], options.silent ?? false])}`;
  const statement = kept(ctx.model, key, () => compile(manySql(ctx, entity, columns, options)));
  const made = await run<MadeRow>(tx, statement, {
    ...contextValues(ctx),
    ...eventValues(ctx, "created", null),
    rows: JSON.stringify(rows),
  }).catch((error: unknown) => {
    throw asProblem(ctx.model, entity, error);
  });
  if (entity.system) await membersChanged(tx, ctx);
  const byId = new Map(made.map((row) => [row.id, row]));
  return report(tx, ctx, entity, writes, rows, byId);
}

function prepareRow(ctx: Context, entity: Entity, input: RecordInput, options: WriteOptions): PreparedWrite {
  const { write, findings } = prepareCreate(ctx, entity, input, options);
  if (!write) throw invalid(findings);
  if ([...write.subforms.values()].some((rows) => rows.length > 0)) throw oneByOne();
  return write;
}

function oneByOne(): Problem {
  return new Problem("conflict", { en: "These rows are written one by one.", "zh-CN": "这些行需逐条写入。" });
}

type Row = { readonly [column: string]: unknown };

async function rowsOf(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  writes: readonly PreparedWrite[],
): Promise<readonly (Row & { readonly id: string })[]> {
  const numbers = await Promise.all(
    autonumbers(entity).map(async (field) => ({
      field,
      values: await reserveNumbers(tx, ctx, entity, field, writes.length),
    })),
  );
  const me = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  return writes.map((write, index) => {
    const given = Object.fromEntries(numbers.map(({ field, values }) => [field.key, values[index]]));
    return {
      ...Object.fromEntries(write.columns.map((column) => [column.name, column.value])),
      ...given,
      id: ctx.newId(),
      owner: write.owner === undefined ? me : write.owner,
      fw_changes: changesOf({ ...write.values, ...(given as { [field: string]: string }) }),
    };
  });
}

/** Name and type of every column that any of the rows fills. */
function columnsOf(entity: Entity, writes: readonly PreparedWrite[]): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const write of writes) for (const { name, type } of write.columns) columns.set(name, type);
  for (const field of autonumbers(entity)) columns.set(field.key, "text");
  return columns;
}

function manySql(
  ctx: Context,
  entity: Entity,
  columns: ReadonlyMap<string, string>,
  options: WriteOptions,
): RawBuilder<unknown> {
  const { schema } = ctx.workspace;
  const names = [...columns.keys()];
  const stages = entity.fields.filter((field) => field.kind === "stage" && columns.has(field.key));
  const types = [
    sql`id uuid`,
    sql`owner uuid`,
    sql`fw_changes jsonb`,
    ...names.map((name) => sql`${sql.id(name)} ${sql.raw(columns.get(name) ?? "text")}`),
  ];
  const now = slot("now", "timestamptz");
  const me = slot("me", "uuid");
  const json = options.silent ? sql`''` : sql`${recordJson(ctx, entity, "t", WHOLE_RECORD)}::text`;
  const target = [
    ...["id", "owner", "owner_department", "created_at", "created_by", "updated_at", "updated_by"],
    ...names,
    ...stages.map((field) => sinceColumn(field.key)),
  ].map((name) => sql.id(name));
  const values = [
    sql`rows.id`,
    sql`rows.owner`,
    sql`(select m.department from ${sql.id(schema, "member")} m where m.id = rows.owner)`,
    now,
    me,
    now,
    me,
    ...names.map((name) => sql`rows.${sql.id(name)}`),
    ...stages.map(() => now),
  ];
  return sql`with rows as materialized (
      select * from jsonb_to_recordset(${slot("rows", "jsonb")}) as rows (${sql.join(types)})),
    made as (insert into ${sql.id(schema, entity.key)} (${sql.join(target)}) select ${sql.join(values)} from rows
      returning *),
    logged as (${insertEvent(schema, entity.key, sql`rows.id`, sql`rows.fw_changes`, sql`from rows`)})
    select t.id, ${json} as j, ${recordDataSql(ctx, entity, "t", false)}::text as d from made t`;
}

async function report(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  writes: readonly PreparedWrite[],
  rows: readonly { readonly id: string }[],
  made: ReadonlyMap<string, MadeRow>,
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  const changes: RecordChange[] = [];
  for (const [index, { id }] of rows.entries()) {
    const row = made.get(id);
    if (!row) throw new Error("a row that was written did not come back");
    const after = JSON.parse(row.d) as RecordData;
    const changed = Object.keys(writes[index]?.values ?? {});
    changes.push({ kind: "created", entity: entity.key, id, before: null, after, changed });
    results.push({ id, version: 1, json: row.j === "" ? JSON.stringify({ id, version: 1 }) : row.j, warnings: [] });
  }
  await afterRecordsCreated(tx, ctx, changes);
  return results;
}
