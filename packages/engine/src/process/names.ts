import { Problem } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db } from "../context.ts";

/** A member as it is shown. */
export interface PersonRef {
  readonly id: string;
  readonly title: string | null;
}

/** The names of members, those who left included. */
export async function namesOf(
  db: Db,
  ctx: Context,
  ids: Iterable<string | null | undefined>,
): Promise<(id: string | null | undefined) => PersonRef | null> {
  const wanted = [...new Set([...ids].filter((id) => typeof id === "string"))];
  const found =
    wanted.length === 0
      ? []
      : (
          await sql<{ id: string; name: string | null }>`
            select id, name from ${sql.id(ctx.workspace.schema, "member")} where id = any(${wanted}::uuid[])`.execute(
            db,
          )
        ).rows;
  const names = new Map(found.map((row) => [row.id, row.name]));
  return (id) => (id ? { id, title: names.get(id) ?? null } : null);
}

/** Puts the name of who was faster into the conflict that tells of it. */
export async function withNames<T>(db: Db, ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const happened =
      error instanceof Problem ? (error.extra.happened as { by?: string; decision?: string }) : undefined;
    if (!(error instanceof Problem) || typeof happened?.by !== "string") throw error;
    const by = (await namesOf(db, ctx, [happened.by]))(happened.by);
    const done = DONE[happened.decision ?? ""] ?? DONE.approve;
    throw new Problem(
      error.code,
      {
        en: `${by?.title ?? "Somebody"} has already ${done?.en} this.`,
        "zh-CN": `${by?.title ?? "他人"}已${done?.["zh-CN"]}。`,
      },
      { errors: error.errors, extra: { ...error.extra, happened: { ...happened, by: { ...by } } } },
    );
  }
}

const DONE: { readonly [decision: string]: { readonly en: string; readonly "zh-CN": string } } = {
  approve: { en: "approved", "zh-CN": "同意" },
  reject: { en: "rejected", "zh-CN": "驳回" },
  return: { en: "returned", "zh-CN": "退回" },
};
