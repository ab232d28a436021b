import { type Entity, type Field, type Finding, type Json, Problem } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { refuseDuplicates } from "../duplicates/find-duplicates.ts";
import { eventValues, insertEvent } from "../events/append-event.ts";
import { invalid } from "../lists/list-query.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import { afterRecordChange } from "../process/after-record-change.ts";
import { entityOf, getRecordJson, readRecordData, recordDataSql } from "../records/read-record.ts";
import type { RecordData } from "../records/record-change.ts";
import { recordJson, WHOLE_RECORD } from "../records/record-json.ts";
import { compile, contextValues, run, type SlotValues, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { replaceRows } from "../subforms/replace-rows.ts";
import { sinceColumn } from "../tables/table-spec.ts";
import { setTimersSql, type TimerSetting, timerRows, timersBeforehand } from "../timers/sync-timers.ts";
import { autonumbers, counterName, counterSql, numberSql, numberValues } from "./autonumber.ts";
import { asProblem } from "./database-errors.ts";
import { membersChanged } from "./members-changed.ts";
import { checkReferences, referenceSql, referenceValues, unknownReferences } from "./references.ts";
import { inTransaction } from "./transaction.ts";
import { type PreparedWrite, prepareCreate, type RecordInput, type WriteOptions } from "./write-input.ts";

/** What a write gives back. `json` is the record as the caller may see it, empty when it was not wanted. */
export interface WriteResult {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  readonly warnings: readonly Finding[];
}

interface CreatedRow {
  j: string;
  d: string;
}

/**
 * Creates a record: values checked all at once, row and history in one statement, then what processes have to say.
 *
 * @throws Problem `forbidden`, `invalid` with every finding, `conflict` when a unique value is taken
 */
export async function createRecord(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  input: RecordInput,
  options: WriteOptions = {},
): Promise<WriteResult> {
  return onCurrentModel(db, ctx, (current) => createRecordNow(db, current, entityKey, input, options));
}

async function createRecordNow(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  input: RecordInput,
  options: WriteOptions,
): Promise<WriteResult> {
  const entity = entityOf(ctx, entityKey);
  if (!options.trusted && accessOf(ctx, entity).reach("create") === "none") throw mayNot("create");
  const { write, findings } = prepareCreate(ctx, entity, input, options);
  if (!write) throw invalid(findings);
  const id = ctx.newId();
  const timers = isAlone(entity, write) ? timersBeforehand(ctx, entity, id, beforehand(ctx, write, id, options)) : null;
  if (timers) {
    // One statement is a transaction of its own: serial numbers stay locked no longer than it takes.
    const warnings = await refuseDuplicates(db, ctx, entity, write.values, null, options);
    return insert(db, ctx, entity, write, { ...options, id, timers, warnings });
  }
  return inTransaction(db, async (tx) => {
    const warnings = await refuseDuplicates(tx, ctx, entity, write.values, null, options);
    const made = await insert(tx, ctx, entity, write, { ...options, id, timers, warnings });
    return finish(tx, ctx, entity, write, made, options);
  });
}

/** Nothing has to follow the row itself but its timers. */
function isAlone(entity: Entity, write: PreparedWrite): boolean {
  return !entity.system && [...write.subforms.values()].every((rows) => rows.length === 0);
}

/** What is known of a record before it is written. */
function beforehand(ctx: Context, write: PreparedWrite, id: string, options: WriteOptions): RecordData {
  const member = ctx.actor.kind === "member" ? ctx.actor.member : null;
  const createdAt = createdAtOf(ctx, options);
  const stages = write.fields.filter((field) => field.kind === "stage");
  return {
    ...write.values,
    ...Object.fromEntries(stages.map((field) => [sinceColumn(field.key), createdAt])),
    id,
    owner: write.owner === undefined ? (member?.id ?? null) : write.owner,
    ...BEFOREHAND_DEPARTMENT[ownerShape(ctx, write)](member?.department ?? null),
    created_at: createdAt,
    created_by: member?.id ?? null,
    updated_at: ctx.now,
    updated_by: member?.id ?? null,
    version: 1,
    deleted_at: null,
  };
}

export function mayNot(action: string): Problem {
  return new Problem(
    "forbidden",
    { en: "Your roles do not allow this.", "zh-CN": "您的角色无权执行此操作。" },
    { extra: { action } },
  );
}

const BEFOREHAND_DEPARTMENT = {
  me: (department: string | null) => ({ owner_department: department }),
  nobody: () => ({ owner_department: null }),
  other: () => ({}),
} as const;

/** A row about to be inserted: what a write's options become on the way. */
interface Insertion extends WriteOptions {
  readonly id: string;
  /** Written with the row; null when they follow it. */
  readonly timers: readonly TimerSetting[] | null;
  readonly warnings: readonly Finding[];
}

interface Inserted extends WriteResult {
  /** The record flat, as JSON; empty when its timers are written already. */
  readonly data: string;
}

async function insert(
  db: Db,
  ctx: Context,
  entity: Entity,
  write: PreparedWrite,
  insertion: Insertion,
): Promise<Inserted> {
  const { id, warnings } = insertion;
  const numbers = autonumbers(entity);
  const statement = kept(ctx.model, createKey(ctx, entity, write, insertion), () =>
    compile(insertSql(ctx, entity, write, numbers, insertion)),
  );
  const rows = await run<CreatedRow>(db, statement, insertValues(ctx, write, numbers, insertion)).catch(
    (error: unknown) => {
      throw asProblem(ctx.model, entity, error);
    },
  );
  const [row] = rows;
  if (!row) throw await unknownReferences(db, ctx, write.references, write.owner);
  return { id, version: 1, json: insertion.silent ? "" : row.j, warnings, data: row.d };
}

/** What follows the row in the same transaction: rows of subforms, and what processes have to say. */
async function finish(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  write: PreparedWrite,
  made: Inserted,
  options: WriteOptions,
): Promise<WriteResult> {
  const { id, version, warnings } = made;
  let { json } = made;
  let after = JSON.parse(made.data) as RecordData;
  if ([...write.subforms.values()].some((each) => each.length > 0)) {
    await checkReferences(tx, ctx, write.references);
    await replaceRows(tx, ctx, entity, id, write.subforms);
    after = (await readRecordData(tx, ctx, entity.key, id)) ?? after;
    json = options.silent ? "" : ((await readBack(tx, ctx, entity, id)) ?? "");
  }
  if (entity.system) await membersChanged(tx, ctx);
  const changed = Object.keys(write.values);
  await afterRecordChange(tx, ctx, { kind: "created", entity: entity.key, id, before: null, after, changed });
  return { id, version, json, warnings };
}

/** A record that its own creator may not read answers with its id alone. */
async function readBack(tx: Tx, ctx: Context, entity: Entity, id: string) {
  const found = await getRecordJson(tx, ctx, entity.key, id).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "notFound") return null;
    throw error;
  });
  return found?.json ?? `{"id":"${id}"}`;
}

function createKey(ctx: Context, entity: Entity, write: PreparedWrite, options: Insertion): string {
  const shape = [
    write.columns.map((column) => column.name),
    write.references.filter((use) => !use.pointer.includes("/", 8)).map((use) => [use.target, use.pointer]),
    ownerShape(ctx, write),
    options.silent ?? false,
    options.trusted ?? false,
    options.timers !== null,
  ];
  return `create ${entity.key} ${rolesKey(ctx)} ${JSON.stringify(shape)}`;
}

/** Whether the owner is the caller (whose department is at hand), somebody else, or nobody. */
function ownerShape(ctx: Context, write: PreparedWrite): "me" | "other" | "nobody" {
  const me = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  if (write.owner === undefined) return me ? "me" : "nobody";
  if (write.owner === null) return "nobody";
  return write.owner === me ? "me" : "other";
}

const OWNER_SQL = {
  me: () => ({ owner: slot("me", "uuid"), department: slot("department", "uuid") }),
  nobody: () => ({ owner: sql`null::uuid`, department: sql`null::uuid` }),
  other: (schema: string) => ({
    owner: slot("owner", "uuid"),
    department: sql`(select department from ${sql.id(schema, "member")} where id = ${slot("owner", "uuid")})`,
  }),
} as const;

function insertSql(
  ctx: Context,
  entity: Entity,
  write: PreparedWrite,
  numbers: readonly Field[],
  options: Insertion,
): RawBuilder<unknown> {
  const schema = ctx.workspace.schema;
  const owner = OWNER_SQL[ownerShape(ctx, write)](schema);
  const { checks, condition } = referenceSql(ctx, write.references, ownerShape(ctx, write) === "other");
  const stages = write.fields.filter((field) => field.kind === "stage");
  const columns: readonly (readonly [string, RawBuilder<unknown>])[] = [
    ["id", slot("id", "uuid")],
    ["owner", owner.owner],
    ["owner_department", owner.department],
    ["created_at", slot("createdAt", "timestamptz")],
    ["created_by", slot("me", "uuid")],
    ["updated_at", slot("now", "timestamptz")],
    ["updated_by", slot("me", "uuid")],
    ...write.columns.map(({ name, type }) => [name, slot(`v_${name}`, type)] as const),
    ...stages.map((field) => [sinceColumn(field.key), slot("createdAt", "timestamptz")] as const),
    ...numbers.map((field) => [field.key, numberSql(field)] as const),
  ];
  const counters = numbers.map((field) => counterSql(schema, entity, field, condition));
  const sources = sql.join([sql`checks`, ...numbers.map((field) => sql.id(counterName(field)))], sql` cross join `);
  const whole = { ...WHOLE_RECORD, hasSubforms: true };
  const json = options.silent ? sql`''` : sql`${recordJson(ctx, entity, "t", whole)}::text`;
  const parts = [
    sql`checks as (select ${checks})`,
    ...counters,
    sql`made as (insert into ${sql.id(schema, entity.key)} (${sql.join(columns.map(([name]) => sql.id(name)))})
      select ${sql.join(columns.map(([, value]) => value))} from ${sources} where ${condition} returning *)`,
    sql`logged as (${insertEvent(schema, entity.key, sql`made.id`, createdChanges(numbers), sql`from made`)})`,
  ];
  if (options.timers) {
    const rows = slot("timers", "jsonb");
    const set = setTimersSql(schema, rows, slot("now", "timestamptz"), sql`exists (select 1 from made)`);
    return sql`with ${sql.join([...parts, sql`timed as (${set})`])} select ${json} as j, '' as d from made t`;
  }
  return sql`with ${sql.join(parts)} select ${json} as j, ${recordDataSql(ctx, entity, "t")}::text as d from made t`;
}

/** Values that were given are known before the statement runs; serial numbers only inside it. */
function createdChanges(numbers: readonly Field[]): RawBuilder<unknown> {
  const given = slot("changes", "jsonb");
  if (numbers.length === 0) return given;
  const pairs = numbers.map(
    (field) => sql`jsonb_build_object(${sql.lit(field.key)}::text, jsonb_build_array(null, made.${sql.id(field.key)}))`,
  );
  return sql`${given} || ${sql.join(pairs, sql` || `)}`;
}

function insertValues(ctx: Context, write: PreparedWrite, numbers: readonly Field[], options: Insertion): SlotValues {
  const event = options.event ?? { kind: "created", data: null };
  return Object.assign(
    {
      ...contextValues(ctx),
      ...eventValues(ctx, event.kind, event.data),
      ...referenceValues(write.references),
      id: options.id,
      owner: write.owner ?? null,
      createdAt: createdAtOf(ctx, options),
      timers: timerRows(options.timers ?? []),
      changes: JSON.stringify(changesOf(write.values)),
    },
    ...write.columns.map((column) => ({ [`v_${column.name}`]: column.value })),
    ...numbers.map((field) => numberValues(ctx, field)),
  ) as SlotValues;
}

/** Only the platform itself and trusted callers (imports, samples) may say that a record is older than it is. */
function createdAtOf(ctx: Context, options: WriteOptions): string {
  const mayBackdate = options.trusted === true || ctx.actor.kind === "system";
  return (mayBackdate ? options.createdAt : undefined) ?? ctx.now;
}

/** `{field: [null, value]}` of everything that was given. */
export function changesOf(values: { readonly [field: string]: Json }): { readonly [field: string]: Json } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, [null, value]]])),
  );
}
