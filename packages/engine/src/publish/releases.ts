import { type DefinitionChange, diffDefinitions, type Json, type PublishedDefinition } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db } from "../context.ts";
import { readDefinitions } from "../model/load-model.ts";
import { requireAdmin } from "./draft.ts";
import { noSuchRelease } from "./publish-draft.ts";

export interface ReleaseInfo {
  readonly number: number;
  readonly message: string;
  readonly source: "create" | "publish" | "restore" | "template";
  readonly restoredFrom: number | null;
  readonly publishedAt: string;
  readonly publishedBy: string | null;
  readonly publishedByName: string | null;
  /** What it did, as planned then: `{kind, key, action, words, level, counts?}`. */
  readonly changes: Json;
}

export interface ReleaseDetail extends ReleaseInfo {
  readonly definitions: readonly PublishedDefinition[];
}

/** What happened to one definition between two releases, in words, with both sides; null where it is not there. */
export interface ReleaseDifference extends DefinitionChange {
  readonly before: PublishedDefinition | null;
  readonly after: PublishedDefinition | null;
}

const COLUMNS = sql.raw(`number, message, source, restored_from as "restoredFrom", published_at as "publishedAt",
  published_by as "publishedBy", published_by_name as "publishedByName", changes`);

/** All releases, the newest first. */
export async function listReleases(db: Db, ctx: Context): Promise<readonly ReleaseInfo[]> {
  requireAdmin(ctx);
  const found = await sql<ReleaseInfo>`
    select ${COLUMNS} from ${sql.id(ctx.workspace.schema, "fw_release")} order by number desc`.execute(db);
  return found.rows;
}

/** @throws Problem `notFound` */
export async function readRelease(db: Db, ctx: Context, number: number): Promise<ReleaseDetail> {
  requireAdmin(ctx);
  const found = await sql<ReleaseInfo>`
    select ${COLUMNS} from ${sql.id(ctx.workspace.schema, "fw_release")} where number = ${number}`.execute(db);
  const [release] = found.rows;
  if (!release) throw noSuchRelease();
  return { ...release, definitions: await readDefinitions(db, ctx.workspace.schema, number) };
}

/** What a release changed against the one before it, or against any other. */
export async function diffReleases(
  db: Db,
  ctx: Context,
  number: number,
  against = number - 1,
): Promise<readonly ReleaseDifference[]> {
  requireAdmin(ctx);
  const { definitions: after } = await readRelease(db, ctx, number);
  const before = await readDefinitions(db, ctx.workspace.schema, against);
  const find = (side: readonly PublishedDefinition[], kind: string, key: string) =>
    side.find((one) => one.kind === kind && one.key === key) ?? null;
  return diffDefinitions(before, after).map((change) => ({
    ...change,
    before: find(before, change.kind, change.key),
    after: find(after, change.kind, change.key),
  }));
}
