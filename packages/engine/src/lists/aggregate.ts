import type { Entity, Finding } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { type RawBuilder, sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { onCurrentModel } from "../model/on-current-model.ts";
import type { PathStep } from "../model/paths.ts";
import { entityOf } from "../records/read-record.ts";
import { titleSql } from "../records/record-json.ts";
import { compile, contextSlots, contextValues, run } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { wordValues } from "../search/search-text.ts";
import { type CheckedQuery, checkListQuery, invalid, type SortKey, unknownName, visiblePath } from "./list-query.ts";
import { listConditions } from "./list-records.ts";
import { PathJoins } from "./path-joins.ts";

export type TimeBucket = "day" | "week" | "month" | "quarter" | "year";
export type MeasureFunction = "count" | "sum" | "avg" | "min" | "max" | "median";

export interface GroupKey {
  readonly field: string;
  /** For dates and times: a bucket is named by its first day, in the caller's time zone. */
  readonly by?: TimeBucket;
  /** The name in the answer; the field when absent. */
  readonly as?: string;
}

export interface Measure {
  readonly fn: MeasureFunction;
  /** Not needed for `count`. */
  readonly field?: string;
  /** The name in the answer; the function when absent. */
  readonly as?: string;
}

export interface AggregateQuery {
  readonly filter?: Rule | null;
  readonly q?: string;
  readonly groupBy?: readonly GroupKey[];
  /** A count, named `count`, when absent. */
  readonly measures?: readonly Measure[];
  /** By names of the answer; groups in their own order when absent. */
  readonly sort?: readonly SortKey[];
  /** 1 to 10,000 groups; 1,000 when absent. */
  readonly limit?: number;
  readonly deleted?: boolean;
}

const DEFAULT_GROUPS = 1000;
const MAX_GROUPS = 10_000;
const MAX_KEYS = 12;
const NAME = /^[a-zA-Z_][a-zA-Z0-9_.]{0,59}$/;

/** A group or measure with its SQL and the name it has in the answer. */
interface Output {
  readonly name: string;
  readonly value: RawBuilder<unknown>;
  /** Read after grouping, beside the value: the title of what an id points to. */
  readonly title?: { readonly name: string; readonly value: RawBuilder<unknown> };
}

/**
 * Figures over the records that the caller may read: `{rows: [{<group>: …, <measure>: …}]}` as JSON text. Groups by a
 * reference also give its title, as `<group>__title`.
 *
 * @throws Problem `invalid` with every finding, `notFound`
 */
export async function aggregate(db: Db, ctx: Context, entityKey: string, query: AggregateQuery): Promise<string> {
  return onCurrentModel(db, ctx, (current) => aggregateNow(db, current, entityKey, query));
}

async function aggregateNow(db: Db, ctx: Context, entityKey: string, query: AggregateQuery): Promise<string> {
  const entity = entityOf(ctx, entityKey);
  const findings = checkAggregate(ctx, entity, query);
  if (findings.length > 0) throw invalid(findings);
  const checked = checkListQuery(ctx, entity, {
    ...(query.filter !== undefined && { filter: query.filter }),
    ...(query.q !== undefined && { q: query.q }),
    ...(query.deleted !== undefined && { deleted: query.deleted }),
  });
  const shape = [query.groupBy, query.measures, query.sort, query.limit, checked.filter, checked.isBin];
  const key = `aggregate ${entityKey} ${rolesKey(ctx)} ${JSON.stringify([shape, checked.words.map((each) => [...each].length > 1)])}`;
  const statement = kept(ctx.model, key, () => compile(aggregateSql(ctx, entity, query, checked)));
  const [row] = await run<{ j: string }>(db, statement, { ...contextValues(ctx), ...wordValues(checked.words) });
  return `{"rows":${row?.j ?? "[]"}}`;
}

function aggregateSql(ctx: Context, entity: Entity, query: AggregateQuery, checked: CheckedQuery): RawBuilder<unknown> {
  const joins = new PathJoins(ctx, "t");
  const groups = (query.groupBy ?? []).map((key) => groupOutput(ctx, entity, key, joins));
  const measures = measuresOf(query).map((key) => measureOutput(ctx, entity, key, joins));
  const where = listConditions(ctx, entity, checked, joins);
  const outputs = [...groups, ...measures];
  const columns = outputs.map(({ name, value }) => sql`${value} as ${sql.id(name)}`);
  const grouping =
    groups.length > 0 ? sql` group by ${sql.join(groups.map((_group, index) => sql.raw(String(index + 1))))}` : sql``;
  const inner = sql`select ${sql.join(columns)} from ${sql.id(ctx.workspace.schema, entity.key)} t ${joins.sql}
    where ${where}${grouping}`;
  const named = outputs.flatMap(({ name, title }) => [
    sql`g.${sql.id(name)} as ${sql.id(name)}`,
    ...(title ? [sql`${title.value} as ${sql.id(title.name)}`] : []),
  ]);
  const order = orderOf(query, groups);
  // No output can be named with a space, so none is taken for the row itself.
  return sql`select coalesce(json_agg(row_to_json("the row")), '[]'::json)::text as j from (
    select ${sql.join(named)} from (${inner}) g ${order} limit ${sql.lit(query.limit ?? DEFAULT_GROUPS)}) "the row"`;
}

function orderOf(query: AggregateQuery, groups: readonly Output[]): RawBuilder<unknown> {
  const keys: readonly SortKey[] = query.sort?.length
    ? query.sort
    : groups.map(({ name }) => ({ field: name, direction: "asc" }));
  if (keys.length === 0) return sql``;
  const parts = keys.map(({ field, direction }) => sql`g.${sql.id(field)} ${sql.raw(direction)} nulls last`);
  return sql`order by ${sql.join(parts)}`;
}

function groupOutput(ctx: Context, entity: Entity, key: GroupKey, joins: PathJoins): Output {
  const steps = visiblePath(ctx, entity, key.field) ?? [];
  const property = steps.at(-1)?.property;
  const name = key.as ?? key.field;
  const column = sql`${joins.column(steps)}`;
  const target = property?.target ? ctx.model.entities.get(property.target) : undefined;
  if (target) {
    const readable = accessOf(ctx, target).condition("read", "named");
    const value = sql`(select ${titleSql(ctx, target, "named")} from ${sql.id(ctx.workspace.schema, target.key)} named
      where named.id = g.${sql.id(name)} and ${readable})`;
    return { name, value: column, title: { name: `${name}__title`, value } };
  }
  if (!key.by) return { name, value: column };
  const local = property?.type === "datetime" ? sql`(${column} at time zone ${contextSlots.timeZone()})` : column;
  return { name, value: sql`date_trunc(${sql.lit(key.by)}, ${local}::timestamp)::date` };
}

const MEASURES = {
  count: (column) => (column ? sql`count(${column})` : sql`count(*)`),
  sum: (column) => sql`coalesce(sum(${column}), 0)`,
  avg: (column) => sql`round(avg(${column}), 10)`,
  min: (column) => sql`min(${column})`,
  max: (column) => sql`max(${column})`,
  // Exact, from the two values that meet in the middle: percentile_cont would go through binary floats.
  median: (column) => sql`((percentile_disc(0.5) within group (order by ${column})
    + percentile_disc(0.5) within group (order by ${column} desc)) / 2)`,
} as const satisfies Record<MeasureFunction, (column: RawBuilder<unknown> | null) => RawBuilder<unknown>>;

function measureOutput(ctx: Context, entity: Entity, key: Measure, joins: PathJoins): Output {
  const steps = key.field === undefined ? null : visiblePath(ctx, entity, key.field);
  return { name: nameOf(key), value: MEASURES[key.fn](steps ? sql`${joins.column(steps)}` : null) };
}

function measuresOf(query: AggregateQuery): readonly Measure[] {
  return query.measures ?? [{ fn: "count" }];
}

function nameOf(key: Measure): string {
  return key.as ?? (key.field ? `${key.fn}_${key.field}` : key.fn);
}

function checkAggregate(ctx: Context, entity: Entity, query: AggregateQuery): readonly Finding[] {
  const findings: Finding[] = [];
  const names = new Set<string>();
  const take = (name: string, pointer: string) => {
    if (!NAME.test(name) || names.has(name)) findings.push(unknownName(pointer, "badName", name));
    names.add(name);
  };
  for (const [index, key] of (query.groupBy ?? []).entries()) {
    checkGroup(ctx, entity, key, `/groupBy/${index}`, findings);
    take(key.as ?? key.field, `/groupBy/${index}`);
  }
  for (const [index, key] of measuresOf(query).entries()) {
    checkMeasure(ctx, entity, key, `/measures/${index}`, findings);
    take(nameOf(key), `/measures/${index}`);
  }
  if ((query.groupBy?.length ?? 0) > MAX_KEYS || measuresOf(query).length > MAX_KEYS || measuresOf(query).length === 0)
    findings.push(unknownName("/measures", "keys", String(MAX_KEYS)));
  for (const [index, key] of (query.sort ?? []).entries())
    if (!names.has(key.field)) findings.push(unknownName(`/sort/${index}`, "unknownField", key.field));
  const limit = query.limit ?? DEFAULT_GROUPS;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_GROUPS)
    findings.push(unknownName("/limit", "limit", String(MAX_GROUPS)));
  return findings;
}

const GROUPABLE: ReadonlySet<string> = new Set(["text", "number", "boolean", "date", "datetime", "id"]);
const BUCKETS: ReadonlySet<string> = new Set(["day", "week", "month", "quarter", "year"]);

function checkGroup(ctx: Context, entity: Entity, key: GroupKey, pointer: string, findings: Finding[]): void {
  const last = endOf(visiblePath(ctx, entity, key.field));
  if (!last) findings.push(unknownName(`${pointer}/field`, "unknownField", key.field));
  else if (!last.column || !GROUPABLE.has(last.type))
    findings.push(unknownName(`${pointer}/field`, "notGroupable", key.field));
  else if (key.by && (!BUCKETS.has(key.by) || (last.type !== "date" && last.type !== "datetime")))
    findings.push(unknownName(`${pointer}/by`, "notGroupable", key.field));
}

const NUMBERS_ONLY: ReadonlySet<string> = new Set(["sum", "avg", "median"]);
const ORDERED: ReadonlySet<string> = new Set(["number", "date", "datetime", "text"]);

function checkMeasure(ctx: Context, entity: Entity, key: Measure, pointer: string, findings: Finding[]): void {
  if (!Object.hasOwn(MEASURES, key.fn)) findings.push(unknownName(`${pointer}/fn`, "unknownField", key.fn));
  if (key.field === undefined) {
    if (key.fn !== "count") findings.push(unknownName(`${pointer}/field`, "notMeasurable", ""));
    return;
  }
  const last = endOf(visiblePath(ctx, entity, key.field));
  if (!last) findings.push(unknownName(`${pointer}/field`, "unknownField", key.field));
  else if (!last.column || (NUMBERS_ONLY.has(key.fn) && last.type !== "number"))
    findings.push(unknownName(`${pointer}/field`, "notMeasurable", key.field));
  else if (key.fn !== "count" && !ORDERED.has(last.type))
    findings.push(unknownName(`${pointer}/field`, "notMeasurable", key.field));
}

function endOf(steps: readonly PathStep[] | null) {
  return steps?.at(-1)?.property ?? null;
}
