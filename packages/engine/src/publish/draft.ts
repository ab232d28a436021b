import { createHash } from "node:crypto";
import { FIELD_KINDS } from "@formwright/fields/model";
import {
  canonicalJson,
  checkModel,
  type Finding,
  Problem,
  PUBLISHED_KINDS,
  type PublishedDefinition,
  type PublishedKind,
  parseDefinition,
} from "@formwright/model";
import { sql } from "kysely";
import { isUnlimited } from "../access/compile-access.ts";
import type { Context, Db, Tx } from "../context.ts";
import { invalid } from "../lists/list-query.ts";
import { currentRelease, readDefinitions } from "../model/load-model.ts";

/** One definition that the draft sets or takes away. */
export interface DraftChange {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly action: "put" | "retire";
  /** Null when it is taken away. */
  readonly definition: PublishedDefinition | null;
}

export interface Draft {
  /** The release that the draft would follow. */
  readonly release: number;
  readonly changes: readonly DraftChange[];
  /** Everything that would be live after publishing. */
  readonly definitions: readonly PublishedDefinition[];
}

/** The draft together with what is live: what plans and publishing are made from. */
export interface DraftBesideLive extends Draft {
  readonly live: readonly PublishedDefinition[];
  /** The same for the same live release and the same draft: a plan that somebody saw can be told from another. */
  readonly checksum: string;
}

/** @throws Problem `forbidden` unless the caller may edit definitions */
export function requireAdmin(ctx: Context): void {
  if (isUnlimited(ctx)) return;
  throw new Problem("forbidden", { en: "Only an admin can do this.", "zh-CN": "只有管理员可以执行此操作。" });
}

/** @throws Problem `forbidden` */
export async function readDraft(db: Db, ctx: Context): Promise<Draft> {
  requireAdmin(ctx);
  const { release, changes, definitions } = await readDraftBesideLive(db, ctx);
  return { release, changes, definitions };
}

export async function readDraftBesideLive(db: Db | Tx, ctx: Pick<Context, "workspace">): Promise<DraftBesideLive> {
  const { workspace } = ctx;
  const release = await currentRelease(db, workspace);
  const live = await readDefinitions(db, workspace.schema, release);
  const found = await sql<DraftChange>`
    select kind, key, action, definition from ${sql.id(workspace.schema, "fw_draft")} order by kind, key`.execute(db);
  const changes = inOrder(found.rows);
  const checksum = createHash("sha256")
    .update(canonicalJson([release, changes]))
    .digest("hex")
    .slice(0, 32);
  return { release, changes, definitions: effective(live, changes), live, checksum };
}

function effective(
  live: readonly PublishedDefinition[],
  changes: readonly DraftChange[],
): readonly PublishedDefinition[] {
  const touched = new Set(changes.map(({ kind, key }) => `${kind}/${key}`));
  const put = changes.flatMap((change) => change.definition ?? []);
  return inOrder([...live.filter(({ kind, key }) => !touched.has(`${kind}/${key}`)), ...put]);
}

/** Entities before what is drawn over them, each kind by key. */
function inOrder<T extends { readonly kind: PublishedKind; readonly key: string }>(items: readonly T[]): readonly T[] {
  const rank = (item: T) => PUBLISHED_KINDS.indexOf(item.kind);
  return [...items].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

export interface PutDraftResult {
  /** As it is stored: complete, in canonical form. */
  readonly definition: PublishedDefinition;
  /** How it fits to everything else, pointers into this definition. Errors stop publishing, not saving. */
  readonly findings: readonly Finding[];
}

/**
 * Puts a definition into the draft. What cannot be parsed is refused; what does not fit together yet is kept and named,
 * because a change often takes several definitions.
 *
 * @throws Problem `forbidden`, `notFound` for an unknown kind, `invalid` with everything that is wrong with its shape
 */
export async function putDraft(
  db: Db | Tx,
  ctx: Context,
  kind: string,
  key: string,
  document: unknown,
): Promise<PutDraftResult> {
  requireAdmin(ctx);
  const known = knownKind(kind);
  const definition = parsedDefinition(known, key, document);
  const { live } = await readDraftBesideLive(db, ctx);
  const published = live.find((one) => one.kind === known && one.key === key);
  if (published && canonicalJson(published) === canonicalJson(definition)) await remove(db, ctx, known, key);
  else await store(db, ctx, { kind: known, key, action: "put", definition });
  const { definitions } = await readDraftBesideLive(db, ctx);
  const { findings } = checkModel(definitions, FIELD_KINDS);
  const at = `/${known}/${key}`;
  const own = findings.filter((one) => one.pointer === at || one.pointer.startsWith(`${at}/`));
  return { definition, findings: own.map((one) => ({ ...one, pointer: one.pointer.slice(at.length) })) };
}

function knownKind(kind: string): PublishedKind {
  const known = PUBLISHED_KINDS.find((one) => one === kind);
  if (known) return known;
  throw new Problem("notFound", { en: `There is no kind "${kind}".`, "zh-CN": `没有“${kind}”这种定义。` });
}

function parsedDefinition(kind: PublishedKind, key: string, document: unknown): PublishedDefinition {
  const parsed = parseDefinition(kind, document, FIELD_KINDS);
  if (!parsed.ok) throw invalid(parsed.findings);
  const definition = parsed.value as PublishedDefinition;
  if (definition.key === key) return definition;
  throw invalid([
    {
      pointer: "/key",
      code: "const",
      message: { en: `Must be “${key}”: a key never changes.`, "zh-CN": `必须是“${key}”：键不可更改。` },
      severity: "error",
    },
  ]);
}

/** Marks a live definition for removal, or takes back one that was only ever in the draft. */
export async function retireInDraft(db: Db | Tx, ctx: Context, kind: string, key: string): Promise<void> {
  requireAdmin(ctx);
  const known = knownKind(kind);
  const { live } = await readDraftBesideLive(db, ctx);
  if (live.some((one) => one.kind === known && one.key === key))
    await store(db, ctx, { kind: known, key, action: "retire", definition: null });
  else await remove(db, ctx, known, key);
}

/** Takes one change out of the draft, or with no kind all of them. */
export async function discardDraft(db: Db | Tx, ctx: Context, kind?: string, key?: string): Promise<void> {
  requireAdmin(ctx);
  const table = sql.id(ctx.workspace.schema, "fw_draft");
  if (kind === undefined || key === undefined) await sql`delete from ${table}`.execute(db);
  else await remove(db, ctx, knownKind(kind), key);
}

async function remove(db: Db | Tx, ctx: Context, kind: PublishedKind, key: string): Promise<void> {
  await sql`delete from ${sql.id(ctx.workspace.schema, "fw_draft")} where kind = ${kind} and key = ${key}`.execute(db);
}

async function store(db: Db | Tx, ctx: Context, change: DraftChange): Promise<void> {
  const actor = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  const definition = change.definition ? JSON.stringify(change.definition) : null;
  await sql`insert into ${sql.id(ctx.workspace.schema, "fw_draft")} (kind, key, action, definition, updated_at, updated_by)
    values (${change.kind}, ${change.key}, ${change.action}, ${definition}::jsonb, ${ctx.now}, ${actor})
    on conflict (kind, key) do update set action = excluded.action, definition = excluded.definition,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(db);
}
