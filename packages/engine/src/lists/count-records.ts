import type { Entity } from "@formwright/model";
import { sql } from "kysely";
import { rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { entityOf } from "../records/read-record.ts";
import { compile, contextValues, run } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";
import { wordValues } from "../search/search-text.ts";
import { type CheckedQuery, checkListQuery, type ListQuery } from "./list-query.ts";
import { listConditions } from "./list-records.ts";
import { PathJoins } from "./path-joins.ts";

export interface RecordCount {
  readonly value: number;
  /** False when there are more: an estimate stops counting early. */
  readonly exact: boolean;
}

/** How far an estimated count goes before it says "more than". */
const ESTIMATE_UP_TO = 10_000;

/**
 * How many records a query finds, for this caller.
 *
 * @throws Problem `invalid` with the findings of the query
 */
export async function countRecords(
  db: Db,
  ctx: Context,
  entityKey: string,
  query: Pick<ListQuery, "filter" | "q" | "deleted" | "count">,
): Promise<RecordCount> {
  const entity = entityOf(ctx, entityKey);
  return countRecordsOf(db, ctx, entity, checkListQuery(ctx, entity, { count: "exact", ...query }));
}

export async function countRecordsOf(db: Db, ctx: Context, entity: Entity, query: CheckedQuery): Promise<RecordCount> {
  const isEstimate = query.count === "estimated";
  const key = `count ${entity.key} ${rolesKey(ctx)} ${JSON.stringify([query.filter, query.words.map((each) => [...each].length > 1), query.isBin, isEstimate])}`;
  const statement = kept(ctx.model, key, () => {
    const joins = new PathJoins(ctx, "t");
    const where = listConditions(ctx, entity, query, joins);
    const rows = sql`from ${sql.id(ctx.workspace.schema, entity.key)} t ${joins.sql} where ${where}`;
    return compile(
      isEstimate
        ? sql`select count(*) as n from (select 1 ${rows} limit ${sql.lit(ESTIMATE_UP_TO + 1)}) c`
        : sql`select count(*) as n ${rows}`,
    );
  });
  const [row] = await run<{ n: number }>(db, statement, { ...contextValues(ctx), ...wordValues(query.words) });
  const n = Number(row?.n ?? 0);
  return isEstimate && n > ESTIMATE_UP_TO ? { value: ESTIMATE_UP_TO, exact: false } : { value: n, exact: true };
}
