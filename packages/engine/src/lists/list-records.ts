import type { Entity } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import { conditionSql } from "../model/rule-sql.ts";
import { entityOf } from "../records/read-record.ts";
import { type RecordParts, recordJson } from "../records/record-json.ts";
import { compile, contextValues, run, type SlotValues } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { searchCondition, searchFields, wordValues } from "../search/search-text.ts";
import { countRecordsOf } from "./count-records.ts";
import {
  asCursorProblem,
  type OrderKey,
  orderBy,
  queryFingerprint,
  rangesAfter,
  readCursor,
  SQL_TYPES,
  writeCursor,
} from "./keyset.ts";
import { type CheckedQuery, checkListQuery, type ListQuery } from "./list-query.ts";
import { PathJoins } from "./path-joins.ts";

interface PageRow {
  items: string;
  last: string | null;
  more: boolean;
}

/**
 * One page of records as JSON text: `{items, nextCursor, count?}`. Page 2,000 costs what page 1 costs.
 *
 * @throws Problem `invalid` with every finding of the query, `malformed` for a cursor of another query, `notFound` for
 *   an entity that is not there
 */
export async function listRecordsJson(db: Db, ctx: Context, entityKey: string, query: ListQuery): Promise<string> {
  return onCurrentModel(db, ctx, (current) => listRecordsJsonNow(db, current, entityKey, query));
}

async function listRecordsJsonNow(db: Db, ctx: Context, entityKey: string, query: ListQuery): Promise<string> {
  const entity = entityOf(ctx, entityKey);
  const checked = checkListQuery(ctx, entity, query);
  const shape = listShape(checked);
  const fingerprint = queryFingerprint([entityKey, shape, checked.words]);
  const position = checked.cursor ? readCursor(checked.cursor, fingerprint, checked.sort.length + 1).values : null;
  const nulls = position?.map((value) => value === null) ?? null;
  const key = `list ${entityKey} ${rolesKey(ctx)} ${JSON.stringify([shape, checked.words.map((each) => [...each].length > 1), checked.fields, checked.expand, checked.limit, nulls])}`;
  const statement = kept(ctx.model, key, () => compile(pageSql(ctx, entity, checked, nulls)));
  const values: SlotValues = {
    ...contextValues(ctx),
    ...wordValues(checked.words),
    ...Object.fromEntries(position?.map((value, index) => [`k${index}`, value]) ?? []),
  };
  const [[row], count] = await Promise.all([
    run<PageRow>(db, statement, values).catch((error: unknown) => {
      throw position ? asCursorProblem(error) : error;
    }),
    checked.count === "none" ? null : countRecordsOf(db, ctx, entity, checked),
  ]);
  const cursor = row?.more && row.last ? writeCursor(fingerprint, JSON.parse(row.last) as (string | null)[]) : null;
  const tail = count ? `,"count":${JSON.stringify(count)}` : "";
  return `{"items":[${row?.items ?? ""}],"nextCursor":${JSON.stringify(cursor)}${tail}}`;
}

/** What decides which records come, and in which order. */
function listShape(query: CheckedQuery): readonly unknown[] {
  return [query.filter, query.sort.map(({ field, direction }) => [field, direction]), query.isBin];
}

function pageSql(ctx: Context, entity: Entity, query: CheckedQuery, nulls: readonly boolean[] | null) {
  const parts: RecordParts = {
    fields: query.fields,
    expand: query.expand,
    hasSubforms: false,
    hasAbilities: true,
    isReadable: true,
    hasAuthors: false,
  };
  const keys = orderKeys(query, (index) => sql.ref(`t.S${index}`));
  const position = sql.join(keys.map((key) => sql`${key.expression}::text`));
  return sql`${pageSource(ctx, entity, query, nulls)}
    select coalesce(string_agg(p.j, ',' order by p.n) filter (where p.n <= ${sql.lit(query.limit)}), '') as items,
      max(p.k) filter (where p.n = ${sql.lit(query.limit)}) as last, count(*) > ${sql.lit(query.limit)} as more
    from (select row_number() over () as n, ${recordJson(ctx, entity, "t", parts)}::text as j,
        json_build_array(${position})::text as k from page t) p`;
}

/** The common table `page`: the rows of this page in order, with the order's keys as S0, S1, …. */
function pageSource(
  ctx: Context,
  entity: Entity,
  query: CheckedQuery,
  nulls: readonly boolean[] | null,
): RawBuilder<unknown> {
  const table = sql.id(ctx.workspace.schema, entity.key);
  const joins = new PathJoins(ctx, "t");
  const keys = orderKeys(query, (index) => {
    const sort = query.sort[index];
    return sort ? joins.column(sort.steps) : sql.ref("t.id");
  });
  const where = listConditions(ctx, entity, query, joins);
  const named = sql.join(keys.map((key, index) => sql`${key.expression} as ${sql.id(`S${index}`)}`));
  const ranges = nulls ? rangesAfter(keys, nulls) : [sql<boolean>`true`];
  const fetch = sql.lit(query.limit + 1);
  // Search first finds everything that matches, out of reach of the order's index, which the planner would rather walk.
  if (query.words.length > 0) {
    const found = orderKeys(query, (index) => sql.ref(`h.S${index}`));
    const later = nulls ? sql.join(rangesAfter(found, nulls), sql` or `) : sql`true`;
    return sql`with hits as materialized (select t.*, ${named} from ${table} t ${joins.sql} where ${where}),
      page as (select * from hits h where ${later} order by ${orderBy(found)} limit ${fetch})`;
  }
  const branches = ranges.map(
    (range) =>
      sql`(select t.*, ${named} from ${table} t ${joins.sql} where ${where} and ${range} order by ${orderBy(keys)} limit ${fetch})`,
  );
  if (branches.length === 1) return sql`with page as ${branches[0]}`;
  const merged = orderKeys(query, (index) => sql.ref(`u.S${index}`));
  return sql`with page as (select * from (${sql.join(branches, sql` union all `)}) u
    order by ${orderBy(merged)} limit ${fetch})`;
}

/** The order of a query, the id last so that no two records share a place. */
function orderKeys(query: CheckedQuery, expression: (index: number) => OrderKey["expression"]): readonly OrderKey[] {
  const keys: OrderKey[] = query.sort.map((sort, index) => {
    const property = sort.steps.at(-1)?.property;
    return {
      expression: expression(index),
      direction: sort.direction,
      type: SQL_TYPES[property?.type ?? "text"] ?? "text",
      isNullable: sort.steps.length > 1 || !property?.isFilled,
    };
  });
  const direction = query.sort[0]?.direction ?? "asc";
  return [...keys, { expression: expression(keys.length), direction, type: "uuid", isNullable: false }];
}

/** Everything that narrows a list: the bin, the caller's rights, the filter, the search. */
export function listConditions(
  ctx: Context,
  entity: Entity,
  query: Pick<CheckedQuery, "filter" | "words" | "isBin">,
  joins: PathJoins,
): RawBuilder<unknown> {
  const access = accessOf(ctx, entity);
  const parts: RawBuilder<unknown>[] = [
    sql.raw(query.isBin ? "t.deleted_at is not null" : "t.deleted_at is null"),
    access.condition("read", "t"),
  ];
  const { schema } = ctx.workspace;
  if (query.filter !== null)
    parts.push(conditionSql(ctx.model, query.filter, { schema, entity, alias: "t", toSql: joins.column }));
  if (query.words.length > 0) {
    const visible = searchFields(entity).filter((key) => access.field(key) !== "hidden");
    parts.push(searchCondition(schema, entity, "t", query.words, visible));
  }
  return sql.join(parts, sql` and `);
}
