import { type Approval, type LocalText, Problem } from "@formwright/model";
import type { TaskPurpose } from "@formwright/steps";
import { type RawBuilder, sql } from "kysely";
import type { Context, Db } from "../../context.ts";
import { titlesOf } from "../../events/read-history.ts";
import { isUuid } from "../../records/read-record.ts";
import { namesOf, type PersonRef } from "../names.ts";
import { memberOf } from "../who.ts";
import { labelOfStep } from "./approval-run.ts";
import { taskActions } from "./read-approval.ts";

/** open: waits for me; done: I decided; started: approvals that I started. */
export type TaskBox = "open" | "done" | "started";

export interface TaskJson {
  readonly id: string;
  readonly kind: "approve" | "resubmit" | "assign";
  readonly instance: string;
  readonly approval: { readonly key: string; readonly label: LocalText };
  readonly step: { readonly key: string; readonly label: LocalText };
  readonly entity: string;
  readonly record: PersonRef;
  /** Null: any admin. */
  readonly assignee: string | null;
  readonly state: "open" | "decided" | "closed";
  readonly decision: string | null;
  readonly dueAt: string | null;
  readonly actions: readonly string[];
  readonly version: number;
  readonly startedBy: PersonRef | null;
  readonly createdAt: string;
  readonly closedAt: string | null;
}

/** An approval in the list of those that I started. */
export interface StartedJson {
  readonly id: string;
  readonly approval: { readonly key: string; readonly label: LocalText };
  readonly entity: string;
  readonly record: PersonRef;
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface TaskCounts {
  readonly open: number;
  readonly started: number;
}

export interface TaskList<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  /** `open`: tasks that wait for me; `started`: my approvals that still run. */
  readonly counts: TaskCounts;
}

interface TaskRow {
  id: string;
  purpose: TaskPurpose;
  instance: string;
  approval: string;
  definition: Approval;
  step: string;
  entity: string;
  record_id: string;
  assignee: string | null;
  round: number;
  state: TaskJson["state"];
  decision: string | null;
  due_at: string | null;
  version: number;
  starter: string;
  opened_at: string;
  closed_at: string | null;
  cursor: string;
}

export interface ListTasksOptions {
  readonly box?: TaskBox;
  readonly limit?: number;
  readonly cursor?: string;
}

/** The caller's tasks or started approvals, with counts for the tabs. Open tasks oldest first, the rest newest first. */
export async function listTasks(
  db: Db,
  ctx: Context,
  options: ListTasksOptions = {},
): Promise<TaskList<TaskJson | StartedJson>> {
  const limit = Math.min(Math.max(1, options.limit ?? 50), 200);
  const box = options.box ?? "open";
  const page = box === "started" ? await started(db, ctx, limit, options) : await tasks(db, ctx, box, limit, options);
  return { ...page, counts: await countTasks(db, ctx) };
}

export async function countTasks(db: Db, ctx: Context): Promise<TaskCounts> {
  const me = memberOf(ctx);
  const found = await sql<TaskCounts>`
    select (select count(*)::int from ${table(ctx, "fw_task")} t where state = 'open' and ${isMine(ctx)}) as open,
      (select count(*)::int from ${table(ctx, "fw_instance")} where starter = ${me.id} and ended_at is null) as started`.execute(
    db,
  );
  return found.rows[0] ?? { open: 0, started: 0 };
}

async function tasks(db: Db, ctx: Context, box: "open" | "done", limit: number, { cursor }: ListTasksOptions) {
  const after = cursor === undefined ? null : readCursor(cursor);
  const me = memberOf(ctx);
  const [where, at, order] = {
    open: [sql`t.state = 'open' and ${isMine(ctx)}`, sql.ref("t.opened_at"), sql.raw("asc")] as const,
    done: [sql`t.state = 'decided' and t.decided_by = ${me.id}`, sql.ref("t.closed_at"), sql.raw("desc")] as const,
  }[box];
  const isPast = box === "open" ? sql.raw(">") : sql.raw("<");
  const from = after ? sql`and (${at}, t.id) ${isPast} (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const found = await sql<TaskRow>`
    select t.id, t.purpose, t.instance, i.approval, i.definition, t.step, t.entity, t.record_id, t.assignee, t.round,
      t.state, t.decision, t.due_at, t.version, i.starter, t.opened_at, t.closed_at, ${at}::text || '~' || t.id as cursor
    from ${table(ctx, "fw_task")} t join ${table(ctx, "fw_instance")} i on i.id = t.instance
    where ${where} ${from} order by ${at} ${order}, t.id ${order} limit ${limit + 1}`.execute(db);
  const rows = found.rows.slice(0, limit);
  const titles = await titlesOfRows(db, ctx, rows);
  const name = await namesOf(
    db,
    ctx,
    rows.map((row) => row.starter),
  );
  return {
    items: rows.map((row) => toTask(row, titles, name, me.isAdmin)),
    nextCursor: found.rows.length > limit ? (rows.at(-1)?.cursor ?? null) : null,
  };
}

const KINDS = { decide: "approve", resubmit: "resubmit", assign: "assign" } as const satisfies Record<
  TaskPurpose,
  TaskJson["kind"]
>;

function toTask(
  row: TaskRow,
  titles: ReadonlyMap<string, string | null>,
  name: (id: string) => PersonRef | null,
  isAdmin: boolean,
): TaskJson {
  const task = { ...row, state: { is: row.state === "open" ? "open" : "closed", why: "settled" } as never };
  return {
    id: row.id,
    kind: KINDS[row.purpose],
    instance: row.instance,
    approval: { key: row.approval, label: row.definition.label },
    step: { key: row.step, label: labelOfStep(row.definition, row.step) },
    entity: row.entity,
    record: { id: row.record_id, title: titles.get(row.record_id) ?? null },
    assignee: row.assignee,
    state: row.state,
    decision: row.decision,
    dueAt: row.due_at,
    actions: taskActions(row.definition, task, isAdmin),
    version: row.version,
    startedBy: name(row.starter),
    createdAt: row.opened_at,
    closedAt: row.closed_at,
  };
}

interface StartedRow {
  id: string;
  approval: string;
  label: LocalText;
  entity: string;
  record_id: string;
  word: string;
  started_at: string;
  ended_at: string | null;
  cursor: string;
}

async function started(db: Db, ctx: Context, limit: number, { cursor }: ListTasksOptions) {
  const after = cursor === undefined ? null : readCursor(cursor);
  const from = after ? sql`and (started_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const found = await sql<StartedRow>`
    select id, approval, definition->'label' as label, entity, record_id, word, started_at, ended_at,
      started_at::text || '~' || id as cursor
    from ${table(ctx, "fw_instance")} where starter = ${memberOf(ctx).id} ${from}
    order by started_at desc, id desc limit ${limit + 1}`.execute(db);
  const rows = found.rows.slice(0, limit);
  const titles = await titlesOfRows(db, ctx, rows);
  return {
    items: rows.map(
      (row): StartedJson => ({
        id: row.id,
        approval: { key: row.approval, label: row.label },
        entity: row.entity,
        record: { id: row.record_id, title: titles.get(row.record_id) ?? null },
        state: row.word,
        startedAt: row.started_at,
        endedAt: row.ended_at,
      }),
    ),
    nextCursor: found.rows.length > limit ? (rows.at(-1)?.cursor ?? null) : null,
  };
}

/** Titles of records of several entities, as far as the caller may see them: one query for each entity. */
async function titlesOfRows(
  db: Db,
  ctx: Context,
  rows: readonly { readonly entity: string; readonly record_id: string }[],
): Promise<ReadonlyMap<string, string | null>> {
  const titles = new Map<string, string | null>();
  for (const [key, ofEntity] of Map.groupBy(rows, (row) => row.entity)) {
    const ids = ofEntity.map((row) => row.record_id);
    for (const [id, title] of Object.entries(await titlesOf(db, ctx, key, ids))) titles.set(id, title);
  }
  return titles;
}

function isMine(ctx: Context): RawBuilder<boolean> {
  const me = memberOf(ctx);
  return me.isAdmin ? sql`(t.assignee = ${me.id} or t.assignee is null)` : sql`t.assignee = ${me.id}`;
}

/** As PostgreSQL prints it. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

function readCursor(cursor: string): { readonly at: string; readonly id: string } {
  const [at = "", id = ""] = cursor.split("~");
  if (TIMESTAMP.test(at) && !Number.isNaN(Date.parse(at)) && isUuid(id)) return { at, id };
  throw new Problem("malformed", { en: "This cursor is not valid.", "zh-CN": "游标无效。" });
}

function table(ctx: Context, name: string) {
  return sql.id(ctx.workspace.schema, name);
}
