import type { Entity } from "@formwright/model";
import { Problem } from "@formwright/model";
import { sql } from "kysely";
import { accessOf, rolesKey } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { isUuid, notFound } from "../records/read-record.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { kept } from "../records/statement-cache.ts";

export interface RecordRights {
  readonly version: number;
  readonly mayUpdate: boolean;
}

/**
 * A record that the caller may read, and whether they may change it.
 *
 * @param isLocked holds its row until the transaction ends
 * @throws Problem `notFound`
 */
export async function recordRights(
  db: Db,
  ctx: Context,
  entity: Entity,
  id: string,
  isLocked: boolean,
): Promise<RecordRights> {
  if (!isUuid(id)) throw notFound();
  const access = accessOf(ctx, entity);
  const statement = kept(ctx.model, `rights ${entity.key} ${rolesKey(ctx)} ${isLocked}`, () =>
    compile(sql`select t.version as version, coalesce(${access.condition("update", "t")}, false) as may
      from ${sql.id(ctx.workspace.schema, entity.key)} t
      where t.id = ${slot("id", "uuid")} and t.deleted_at is null and ${access.condition("read", "t")}
      ${isLocked ? sql`for update of t` : sql``}`),
  );
  const [row] = await run<{ version: number; may: boolean }>(db, statement, { ...contextValues(ctx), id });
  if (!row) throw notFound();
  return { version: row.version, mayUpdate: row.may };
}

/** @throws Problem `stale` when the caller saw another version */
export function assertVersion(rights: RecordRights, seen: number | undefined): void {
  if (seen === undefined || seen === rights.version) return;
  throw new Problem(
    "stale",
    { en: "Somebody changed this record meanwhile.", "zh-CN": "该记录已被他人修改。" },
    { extra: { version: rights.version } },
  );
}
