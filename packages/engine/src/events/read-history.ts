import type { Json } from "@formwright/model";
import { sql } from "kysely";
import { accessOf } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { propertiesOf } from "../model/paths.ts";
import { entityOf, getRecordJson } from "../records/read-record.ts";
import { titleSql } from "../records/record-json.ts";
import { compile, contextValues, run } from "../records/statement.ts";

/** One thing that happened to a record. Values of fields that the reader may not see are not in it. */
export interface HistoryEvent {
  readonly seq: number;
  readonly at: string;
  /** Null when the platform itself acted. */
  readonly actor: { readonly id: string; readonly title: string | null } | null;
  readonly actorName: string | null;
  readonly door: string;
  readonly kind: string;
  readonly changes: { readonly [field: string]: readonly [Json, Json] };
  /** Titles of the records that changed references point to, by id. */
  readonly data: Json;
}

export interface History {
  readonly items: readonly HistoryEvent[];
  /** For what came before; null when this was all. */
  readonly nextBefore: number | null;
  /** Titles of ids that occur in the changes, as far as the reader may see them. */
  readonly titles: { readonly [id: string]: string };
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

interface EventRow {
  seq: number;
  at: string;
  actor: string | null;
  actorName: string | null;
  door: string;
  kind: string;
  changes: { [field: string]: [Json, Json] };
  data: Json;
}

/**
 * What happened to a record, the newest first.
 *
 * @throws Problem `notFound` when the caller may not read it
 */
export async function historyOf(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  options: { readonly before?: number; readonly limit?: number } = {},
): Promise<History> {
  const entity = entityOf(ctx, entityKey);
  await getRecordJson(db, ctx, entityKey, id, { fields: [], withDeleted: true });
  const limit = Math.min(Math.max(Math.trunc(options.limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT);
  const found = await sql<EventRow>`
    select seq, at, actor, actor_name as "actorName", door, kind, changes, data
    from ${sql.id(ctx.workspace.schema, "fw_event")}
    where entity = ${entityKey} and record_id = ${id} and seq < ${options.before ?? Number.MAX_SAFE_INTEGER}
    order by seq desc limit ${limit + 1}`.execute(db);
  const rows = found.rows.slice(0, limit);
  const access = accessOf(ctx, entity);
  const isVisible = (key: string) => access.field(key) !== "hidden";
  const events = rows.map((row) => ({
    ...row,
    actor: row.actor ? { id: row.actor, title: row.actorName } : null,
    changes: Object.fromEntries(Object.entries(row.changes).filter(([key]) => isVisible(key))),
    data: withoutHidden(row.data, isVisible),
  }));
  const last = rows.at(-1);
  return {
    items: events,
    nextBefore: found.rows.length > limit && last ? last.seq : null,
    titles: await titlesIn(db, ctx, entityKey, events),
  };
}

/** Events of stages and tasks name their field in the data. */
function withoutHidden(data: Json, isVisible: (key: string) => boolean): Json {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
  const { field } = data as { readonly field?: Json };
  return typeof field === "string" && !isVisible(field) ? null : data;
}

async function titlesIn(
  db: Db,
  ctx: Context,
  entityKey: string,
  events: readonly Pick<HistoryEvent, "changes">[],
): Promise<{ readonly [id: string]: string }> {
  const properties = propertiesOf(entityOf(ctx, entityKey));
  const ids = new Map<string, Set<string>>();
  for (const event of events)
    for (const [key, pair] of Object.entries(event.changes)) {
      const target = properties.get(key)?.target;
      if (!target) continue;
      const wanted = ids.get(target) ?? new Set();
      for (const value of pair) if (typeof value === "string") wanted.add(value);
      ids.set(target, wanted);
    }
  const titles: { [id: string]: string } = {};
  for (const [target, wanted] of ids) Object.assign(titles, await titlesOf(db, ctx, target, [...wanted]));
  return titles;
}

/** Titles of records by id, as far as the caller may read them. */
export async function titlesOf(
  db: Db,
  ctx: Context,
  entityKey: string,
  ids: readonly string[],
): Promise<{ readonly [id: string]: string }> {
  const entity = ctx.model.entities.get(entityKey);
  if (!entity || ids.length === 0) return {};
  const statement = compile(sql`select t.id, ${titleSql(ctx, entity, "t")} as title
    from ${sql.id(ctx.workspace.schema, entityKey)} t
    where t.id = any(${[...ids]}::uuid[]) and ${accessOf(ctx, entity).condition("read", "t")}`);
  const rows = await run<{ id: string; title: string | null }>(db, statement, contextValues(ctx));
  return Object.fromEntries(rows.flatMap(({ id, title }) => (title === null ? [] : [[id, title]])));
}
