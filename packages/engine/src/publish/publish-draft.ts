import { FIELD_KINDS } from "@formwright/fields/model";
import { buildModel, isClean, type Json, type Model, Problem, type PublishedDefinition } from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { invalid } from "../lists/list-query.ts";
import { readDefinitions } from "../model/load-model.ts";
import { assertAdminLeft } from "../process/assert-admin-left.ts";
import { reconcileIndexes } from "../tables/reconcile-indexes.ts";
import { inTransaction } from "../writes/transaction.ts";
import { type DraftBesideLive, type DraftChange, readDraftBesideLive, requireAdmin } from "./draft.ts";
import { type Plan, type PlannedChange, planChanges } from "./plan-draft.ts";
import { lockModel, type ReleaseSource, writeRelease } from "./write-release.ts";

export interface PublishInput {
  readonly message: string;
  /** Of the plan that the admin saw; anything else that was published or edited since is a conflict. */
  readonly checksum?: string;
}

export interface PublishedRelease {
  readonly release: number;
  readonly changes: readonly PlannedChange[];
}

/** The same with the model that is live from now on, for those who go on working in the same call. */
export interface PublishedModel extends PublishedRelease {
  readonly model: Model;
}

/**
 * Makes the whole draft live as the next release: all of it or none, in one transaction, with the DDL inside.
 *
 * @throws Problem `forbidden`, `invalid` with every finding, `conflict` when there is nothing to publish, something else
 *   was published or edited meanwhile, or the plan refuses a change
 */
export async function publishDraft(db: Db | Tx, ctx: Context, input: PublishInput): Promise<PublishedRelease> {
  requireAdmin(ctx);
  const { model, ...published } = await inTransaction(db, async (tx) => {
    await lockModel(tx, ctx.workspace);
    const draft = await readDraftBesideLive(tx, ctx);
    if (input.checksum !== undefined && input.checksum !== draft.checksum)
      throw new Problem("conflict", {
        en: "The draft or the live release has changed since you looked. Look at the plan again.",
        "zh-CN": "草稿或线上版本已发生变化，请重新查看发布计划。",
      });
    if (draft.changes.length === 0)
      throw new Problem("conflict", { en: "There is nothing to publish.", "zh-CN": "没有可发布的更改。" });
    const done = await publishChanges(tx, ctx, draft, { source: "publish", message: input.message });
    await sql`delete from ${sql.id(ctx.workspace.schema, "fw_draft")}`.execute(tx);
    return done;
  });
  await reconcileIndexes(db, ctx.workspace, model);
  return published;
}

interface ReleaseLabel {
  readonly source: ReleaseSource;
  readonly message: string;
  readonly restoredFrom?: number;
}

/** Publishes a set of changes over what is live. The caller holds the model lock. */
export async function publishChanges(
  tx: Tx,
  ctx: Pick<Context, "workspace" | "actor" | "now">,
  draft: DraftBesideLive,
  label: ReleaseLabel,
): Promise<PublishedModel> {
  const plan = await planChanges(tx, ctx, draft);
  refuse(plan);
  const number = draft.release + 1;
  const live = buildModel(draft.release, draft.live, FIELD_KINDS);
  const changes = plan.changes.map(({ remarks: _remarks, ...change }) => change);
  const model = await writeRelease(tx, ctx, live, draft.definitions, {
    number,
    message: label.message,
    source: label.source,
    ...(label.restoredFrom !== undefined && { restoredFrom: label.restoredFrom }),
    changes: changes as unknown as Json,
  });
  if (draft.changes.some(({ kind }) => kind === "role")) await assertAdminLeft(tx, ctx.workspace, model);
  return { release: number, changes: plan.changes, model };
}

function refuse(plan: Plan): void {
  if (!isClean(plan.findings)) throw invalid(plan.findings);
  const refused = plan.changes.filter((change) => change.level === "refused");
  if (refused.length === 0) return;
  const remarks = refused.flatMap((change) => change.remarks.filter((remark) => remark.level === "refused"));
  throw new Problem(
    "conflict",
    {
      en: remarks.map((remark) => remark.words.en).join(" "),
      "zh-CN": remarks.map((remark) => remark.words["zh-CN"]).join(""),
    },
    { extra: { refused: refused.map(({ kind, key, words }) => ({ kind, key, words })) as unknown as Json } },
  );
}

/**
 * Publishes the definitions of an earlier release again, as a new one. The draft stays as it is.
 *
 * @throws Problem `forbidden`, `notFound`, `conflict` when it equals what is live or a change is refused
 */
export async function restoreRelease(
  db: Db | Tx,
  ctx: Context,
  release: number,
  message?: string,
): Promise<PublishedRelease> {
  requireAdmin(ctx);
  const { model, ...restored } = await inTransaction(db, async (tx) => {
    await lockModel(tx, ctx.workspace);
    const wanted = await readDefinitions(tx, ctx.workspace.schema, release);
    if (wanted.length === 0) throw noSuchRelease();
    const { live, release: current, checksum } = await readDraftBesideLive(tx, ctx);
    const changes = changesBetween(live, wanted);
    if (changes.length === 0)
      throw new Problem("conflict", { en: "This is what is live.", "zh-CN": "与线上版本相同。" });
    const draft = { release: current, live, changes, definitions: wanted, checksum };
    return publishChanges(tx, ctx, draft, {
      source: "restore",
      message: message ?? (ctx.locale === "zh-CN" ? `恢复版本 ${release}` : `Restored release ${release}`),
      restoredFrom: release,
    });
  });
  await reconcileIndexes(db, ctx.workspace, model);
  return restored;
}

export function noSuchRelease(): Problem {
  return new Problem("notFound", { en: "There is no such release.", "zh-CN": "没有此版本。" });
}

/** What has to be put and taken away to get from one set of definitions to another. */
export function changesBetween(
  from: readonly PublishedDefinition[],
  to: readonly PublishedDefinition[],
): readonly DraftChange[] {
  const name = ({ kind, key }: PublishedDefinition) => `${kind}/${key}`;
  const old = new Map(from.map((one) => [name(one), JSON.stringify(one)]));
  const there = new Set(to.map(name));
  const put = to.filter((one) => old.get(name(one)) !== JSON.stringify(one));
  return [
    ...put.map((one): DraftChange => ({ kind: one.kind, key: one.key, action: "put", definition: one })),
    ...from
      .filter((one) => !there.has(name(one)))
      .map((one): DraftChange => ({ kind: one.kind, key: one.key, action: "retire", definition: null })),
  ];
}
