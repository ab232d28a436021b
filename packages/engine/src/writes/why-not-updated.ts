import { type Entity, type Finding, type Json, Problem } from "@formwright/model";
import { sql } from "kysely";
import { accessOf } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { findRecordJson, notFound, readRecordData } from "../records/read-record.ts";
import { compile, contextValues, run, slot } from "../records/statement.ts";
import { mayNot, type WriteResult } from "./create-record.ts";
import { checkReferences, unknownReferences } from "./references.ts";
import type { PreparedWrite, WriteOptions } from "./write-input.ts";

/** SQL that holds for the records on which the caller may act so; for all of them when the platform itself writes. */
export function rightSql(ctx: Context, entity: Entity, action: "read" | "update" | "transfer", options: WriteOptions) {
  return options.trusted
    ? sql<boolean>`true`
    : sql<boolean>`coalesce(${accessOf(ctx, entity).condition(action, "t")}, false)`;
}

interface Standing {
  version: number;
  readable: boolean;
  updatable: boolean;
  transferable: boolean;
}

/** Why a statement changed nothing: said in the order in which a person would ask. */
export async function whyNotUpdated(
  tx: Tx,
  ctx: Context,
  entity: Entity,
  id: string,
  write: PreparedWrite,
  options: WriteOptions,
  warnings: readonly Finding[],
): Promise<WriteResult> {
  const [standing] = await run<Standing>(
    tx,
    compile(sql`select t.version, ${rightSql(ctx, entity, "read", options)} as readable,
      ${rightSql(ctx, entity, "update", options)} as updatable, ${rightSql(ctx, entity, "transfer", options)} as transferable
      from ${sql.id(ctx.workspace.schema, entity.key)} t where t.id = ${slot("id", "uuid")} and t.deleted_at is null`),
    { ...contextValues(ctx), id },
  );
  if (!standing?.readable) throw notFound();
  if (!standing.updatable) throw mayNot("update");
  if (options.version !== undefined && standing.version !== options.version) throw await stale(tx, ctx, entity, id);
  const before = await readRecordData(tx, ctx, entity.key, id);
  const movesOwner = write.owner !== undefined && before?.owner !== write.owner;
  if (movesOwner && !standing.transferable) throw mayNot("transfer");
  await checkReferences(tx, ctx, write.references);
  if (movesOwner && write.owner) {
    const problem = await unknownReferences(tx, ctx, [], write.owner);
    if (problem.code === "invalid") throw problem;
  }
  const found = options.silent ? null : await findRecordJson(tx, ctx, entity.key, id);
  return { id, version: standing.version, json: found?.json ?? "", warnings };
}

/** Somebody changed it first: the answer shows how it is now. */
export async function stale(db: Db | Tx, ctx: Context, entity: Entity, id: string): Promise<Problem> {
  const found = await findRecordJson(db, ctx, entity.key, id);
  return new Problem(
    "stale",
    { en: "Somebody else has changed this record meanwhile.", "zh-CN": "此记录已被他人修改。" },
    { extra: found ? { current: JSON.parse(found.json) as Json } : {} },
  );
}
