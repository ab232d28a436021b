import { FIELD_KINDS } from "@formwright/fields/model";
import { checkModel, type Json, type Model, Problem, type PublishedDefinition } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Tx, Workspace } from "../context.ts";
import { ensureEventPartitions } from "../events/event-partitions.ts";
import { forgetModel } from "../model/load-model.ts";
import { endApprovalsOfRetired } from "../process/approvals/end-approvals-of-retired.ts";
import { backfillTimers } from "../timers/backfill-timers.ts";
import { applyModel } from "./apply-model.ts";

export type ReleaseSource = "create" | "publish" | "restore" | "template";

export interface NewRelease {
  readonly number: number;
  readonly message: string;
  readonly source: ReleaseSource;
  readonly restoredFrom?: number;
  readonly changes: Json;
}

/** Serialises everything that changes definitions of one workspace. Held until the transaction ends. */
export async function lockModel(tx: Tx, workspace: Workspace): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`formwright model ${workspace.id}`}, 0))`.execute(tx);
}

/**
 * Makes a set of definitions the workspace's next release: tables, snapshot and announcement in the caller's transaction.
 *
 * @throws Problem `invalid` when the definitions do not fit together
 */
export async function writeRelease(
  tx: Tx,
  ctx: Pick<Context, "workspace" | "actor" | "now">,
  live: Model | null,
  definitions: readonly PublishedDefinition[],
  release: NewRelease,
): Promise<Model> {
  const { model, findings } = checkModel(definitions, FIELD_KINDS, release.number);
  if (!model)
    throw new Problem(
      "invalid",
      { en: "The definitions do not fit together.", "zh-CN": "定义之间不一致，无法发布。" },
      { errors: findings },
    );
  const { workspace } = ctx;
  await applyModel(tx, workspace, live, model);
  const actor = ctx.actor.kind === "member" ? ctx.actor.member : null;
  await sql`insert into ${sql.id(workspace.schema, "fw_release")}
    (number, message, source, restored_from, changes, published_at, published_by, published_by_name)
    values (${release.number}, ${release.message}, ${release.source}, ${release.restoredFrom ?? null},
      ${JSON.stringify(release.changes)}::jsonb, ${ctx.now}, ${actor?.id ?? null},
      ${actor?.name ?? (ctx.actor.kind === "system" ? ctx.actor.name : null)})`.execute(tx);
  await sql`insert into ${sql.id(workspace.schema, "fw_definition")} (release, kind, key, definition)
    select ${release.number}, d ->> 'kind', d ->> 'key', d
    from jsonb_array_elements(${JSON.stringify(definitions)}::jsonb) d`.execute(tx);
  await backfillTimers(tx, ctx, live, model);
  await endApprovalsOfRetired(tx, ctx, live, model);
  await ensureEventPartitions(tx, workspace.schema, ctx.now);
  await announce(tx, workspace, release.number);
  return model;
}

/** Tells every server, once the transaction is committed, that the model changed. Publishing is rare, so NOTIFY is fine. */
async function announce(tx: Tx, workspace: Workspace, release: number): Promise<void> {
  const payload = JSON.stringify({ type: "release", workspace: workspace.id, release });
  await sql`select pg_notify('formwright', ${payload})`.execute(tx);
  forgetModel(workspace.id);
}
