import { type Json, Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db } from "../context.ts";
import { isAdminContext } from "../process/who.ts";
import { isUuid } from "../records/read-record.ts";

/** One run of an automation. */
export interface AutomationRun {
  readonly id: string;
  readonly automation: string;
  readonly release: number;
  readonly entity: string;
  readonly recordId: string;
  readonly trigger: Json;
  readonly state: "done" | "skipped" | "failed";
  /** 1 when a person or the clock set it off. */
  readonly depth: number;
  readonly chain: readonly string[];
  readonly input: Json;
  readonly steps: Json;
  readonly output: Json;
  readonly error: string | null;
  readonly startedAt: string;
}

export interface ListRunsOptions {
  readonly automation?: string;
  readonly state?: AutomationRun["state"];
  readonly limit?: number;
  /** The id of the last run of the page before. */
  readonly cursor?: string;
}

/** Runs of automations, newest first. @throws Problem `forbidden` for all but admins */
export async function listRuns(
  db: Db,
  ctx: Context,
  options: ListRunsOptions = {},
): Promise<{ readonly items: readonly AutomationRun[]; readonly nextCursor: string | null }> {
  if (!isAdminContext(ctx)) {
    throw new Problem("forbidden", { en: "Only admins see runs.", "zh-CN": "只有管理员可以查看运行记录。" });
  }
  const limit = Math.min(Math.max(1, options.limit ?? 50), 200);
  const runs = sql.id(ctx.workspace.schema, "fw_run");
  const { cursor, automation, state } = options;
  if (cursor !== undefined && !isUuid(cursor)) {
    throw new Problem("malformed", { en: "This cursor is not valid.", "zh-CN": "游标无效。" });
  }
  const found = await sql<AutomationRun>`
    select id, automation, release, entity, record_id as "recordId", trigger, state, depth, chain, input, steps, output,
      error, started_at as "startedAt"
    from ${runs} where true
      ${automation === undefined ? sql`` : sql`and automation = ${automation}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${cursor === undefined ? sql`` : sql`and (started_at, id) < (select started_at, id from ${runs} where id = ${cursor})`}
    order by started_at desc, id desc limit ${limit + 1}`.execute(db);
  const items = found.rows.slice(0, limit);
  return { items, nextCursor: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
