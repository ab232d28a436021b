import type { JsonObject } from "@formwright/model";
import { Problem } from "@formwright/model";
import { sql } from "kysely";
import { isUnlimited } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { addJob } from "../jobs/job-rows.ts";
import { isUuid } from "../records/read-record.ts";

export type ImportState = "uploaded" | "checking" | "checked" | "running" | "done" | "failed";

/** An upload on its way into an entity. What is in `detail` is the importing server's business. */
export interface StoredImport {
  readonly id: string;
  readonly entity: string;
  readonly member: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly detail: JsonObject;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const COLUMNS = sql.raw(
  `id, entity, member, file_name as "fileName", state, detail, created_at as "createdAt", updated_at as "updatedAt"`,
);

export async function addImport(
  db: Db,
  ctx: Context,
  input: { readonly id: string; readonly entity: string; readonly fileName: string; readonly detail: JsonObject },
): Promise<void> {
  const member = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  await sql`
    insert into ${table(ctx)} (id, entity, member, file_name, state, detail, created_at, updated_at)
    values (${input.id}, ${input.entity}, ${member}, ${input.fileName}, 'uploaded', ${JSON.stringify(input.detail)}::jsonb,
      ${ctx.now}, ${ctx.now})`.execute(db);
}

/** An import of the caller's own, or any for admins. @throws Problem `notFound` */
export async function readImport(db: Db, ctx: Context, id: string): Promise<StoredImport> {
  const found = isUuid(id)
    ? await sql<StoredImport>`select ${COLUMNS} from ${table(ctx)} where id = ${id}`.execute(db)
    : null;
  const stored = found?.rows[0];
  const me = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  if (stored && (isUnlimited(ctx) || stored.member === me)) return stored;
  throw new Problem("notFound", { en: "There is no such import.", "zh-CN": "没有这个导入任务。" });
}

/** Changes the state, and the given parts of the detail. */
export async function updateImport(
  db: Db | Tx,
  schema: string,
  id: string,
  change: { readonly state?: ImportState; readonly detail?: JsonObject; readonly now: string },
): Promise<void> {
  await sql`
    update ${sql.id(schema, "fw_import")} set state = coalesce(${change.state ?? null}, state),
      detail = detail || ${JSON.stringify(change.detail ?? {})}::jsonb, updated_at = ${change.now}
    where id = ${id}`.execute(db);
}

/**
 * Sets an import going: its state and the job that will do it, in one transaction.
 *
 * @throws Problem `conflict` when it is going already, or done
 */
export async function startImport(
  db: Db,
  ctx: Context,
  id: string,
  state: "checking" | "running",
  detail: JsonObject,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const started = await sql`
      update ${table(ctx)} set state = ${state}, detail = detail || ${JSON.stringify(detail)}::jsonb, updated_at = ${ctx.now}
      where id = ${id} and state in ('uploaded', 'checked', 'failed') returning id`.execute(tx);
    if (started.rows.length === 0) {
      throw new Problem("conflict", {
        en: "This import is running, or is done already.",
        "zh-CN": "该导入正在进行或已经完成。",
      });
    }
    await addJob(tx, ctx, { id: ctx.newId(), kind: "import", payload: { import: id }, runAt: ctx.now, priority: 10 });
  });
}

/** True when this process has the import for so long; false while another one is at work on it. */
export async function leaseImport(db: Db | Tx, schema: string, id: string, isRenewal: boolean): Promise<boolean> {
  const leased = await sql`
    update ${sql.id(schema, "fw_import")} set lease_until = now() + interval '60 seconds'
    where id = ${id} and (${isRenewal} or lease_until is null or lease_until < now()) returning id`.execute(db);
  return leased.rows.length > 0;
}

/** The import's job is looked at again after so long: another process is at work on it, or was until it was killed. */
export async function postponeImport(tx: Tx, ctx: Context, job: string, seconds: number): Promise<void> {
  await sql`
    update ${sql.id(ctx.workspace.schema, "fw_job")}
    set state = 'waiting', run_at = ${ctx.now}::timestamptz + ${seconds} * interval '1 second'
    where id = ${job}`.execute(tx);
}

export async function endLease(db: Db, schema: string, id: string): Promise<void> {
  await sql`update ${sql.id(schema, "fw_import")} set lease_until = null where id = ${id}`.execute(db);
}

function table(ctx: Context) {
  return sql.id(ctx.workspace.schema, "fw_import");
}
