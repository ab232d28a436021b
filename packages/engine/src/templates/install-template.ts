import { FIELD_KINDS } from "@formwright/fields/model";
import {
  canonicalJson,
  type Locale,
  Problem,
  type PublishedDefinition,
  parseDefinition,
  type Template,
} from "@formwright/model";
import { sql } from "kysely";
import type { Context, Db, Tx } from "../context.ts";
import { invalid } from "../lists/list-query.ts";
import { type DraftChange, readDraftBesideLive, requireAdmin } from "../publish/draft.ts";
import { type PublishedModel, publishChanges } from "../publish/publish-draft.ts";
import { lockModel } from "../publish/write-release.ts";
import { reconcileIndexes } from "../tables/reconcile-indexes.ts";
import { inTransaction } from "../writes/transaction.ts";
import { installSamples } from "./install-samples.ts";

export interface InstallOptions {
  readonly sampleData: boolean;
  readonly locale: Locale;
}

export interface InstalledTemplate {
  /** The release that is live afterwards. */
  readonly release: number;
  /** Definitions that came or were brought up to the template's version. */
  readonly installed: readonly { readonly kind: string; readonly key: string }[];
  /** Definitions that the workspace has made its own, or had before: left as they are. */
  readonly kept: readonly { readonly kind: string; readonly key: string }[];
  /** How many sample records were created. */
  readonly samples: number;
}

interface Sorted {
  readonly install: readonly PublishedDefinition[];
  readonly kept: readonly PublishedDefinition[];
}

/**
 * Copies a template into the workspace and publishes it: definitions as a release of their own, the text as it came
 * beside them, and sample records. Done again it changes nothing; a later version replaces what nobody has touched.
 *
 * @throws Problem `forbidden`, `invalid`, `conflict` when a definition of the same name is there from elsewhere
 */
export async function installTemplate(
  db: Db | Tx,
  ctx: Context,
  template: Template,
  options: InstallOptions,
): Promise<InstalledTemplate> {
  requireAdmin(ctx);
  const definitions = template.definitions.map(completed);
  const { model, ...installed } = await inTransaction(db, async (tx) => {
    await lockModel(tx, ctx.workspace);
    const sorted = await sortDefinitions(tx, ctx, template, definitions);
    const published = await publish(tx, ctx, template, sorted, options);
    await remember(tx, ctx, template, definitions, published?.release ?? null);
    const next: Context = { ...ctx, model: published?.model ?? ctx.model, door: "template", locale: options.locale };
    const samples = options.sampleData ? await installSamples(tx, next, template) : 0;
    const release = published?.release ?? ctx.model.release;
    return {
      release,
      installed: sorted.install.map(nameOf),
      kept: sorted.kept.map(nameOf),
      samples,
      model: next.model,
    };
  });
  await reconcileIndexes(db, ctx.workspace, model);
  return installed;
}

function nameOf({ kind, key }: PublishedDefinition) {
  return { kind, key };
}

function completed(definition: PublishedDefinition): PublishedDefinition {
  const parsed = parseDefinition(definition.kind, definition, FIELD_KINDS);
  if (!parsed.ok) throw invalid(parsed.findings);
  return parsed.value as PublishedDefinition;
}

/**
 * What is new or untouched is installed; what somebody changed since, or what was there before, stays. Only a role of the
 * same name may be there from elsewhere: every workspace has an admin.
 */
async function sortDefinitions(
  tx: Tx,
  ctx: Context,
  template: Template,
  definitions: readonly PublishedDefinition[],
): Promise<Sorted> {
  const { live } = await readDraftBesideLive(tx, ctx);
  const base = await readBase(tx, ctx, template.key);
  const install: PublishedDefinition[] = [];
  const kept: PublishedDefinition[] = [];
  const clashes: PublishedDefinition[] = [];
  for (const definition of definitions) {
    const name = `${definition.kind}/${definition.key}`;
    const there = live.find((one) => one.kind === definition.kind && one.key === definition.key);
    const came = base.get(name);
    if (!there) (came === undefined ? install : kept).push(definition);
    else if (canonicalJson(there) === canonicalJson(definition)) kept.push(definition);
    else if (came !== undefined) (came === canonicalJson(there) ? install : kept).push(definition);
    else if (definition.kind === "role") kept.push(definition);
    else clashes.push(definition);
  }
  if (clashes.length > 0) throw clash(clashes);
  return { install, kept };
}

function clash(definitions: readonly PublishedDefinition[]): Problem {
  const names = definitions.map(({ kind, key }) => `${kind} ${key}`).join(", ");
  return new Problem("conflict", {
    en: `The workspace already has other definitions of these names: ${names}.`,
    "zh-CN": `工作区中已有同名的其他定义：${names}。`,
  });
}

/** The text as it came, of every definition that the template brought before. */
async function readBase(tx: Tx, ctx: Context, template: string): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ name: string; text: string }>`
    select kind || '/' || key as name, text from ${sql.id(ctx.workspace.schema, "fw_template_base")}
    where template = ${template}`.execute(tx);
  return new Map(found.rows.map((row) => [row.name, row.text]));
}

async function publish(
  tx: Tx,
  ctx: Context,
  template: Template,
  { install }: Sorted,
  options: InstallOptions,
): Promise<PublishedModel | null> {
  if (install.length === 0) return null;
  const draft = await readDraftBesideLive(tx, ctx);
  const names = new Set(install.map(({ kind, key }) => `${kind}/${key}`));
  const definitions = [...draft.live.filter(({ kind, key }) => !names.has(`${kind}/${key}`)), ...install];
  const changes = install.map((definition): DraftChange => ({ ...nameOf(definition), action: "put", definition }));
  const label = template.label[options.locale] ?? template.label.en ?? template.key;
  const message =
    options.locale === "zh-CN" ? `安装模板 ${label} ${template.version}` : `Installed ${label} ${template.version}`;
  return publishChanges(tx, ctx, { ...draft, changes, definitions }, { source: "template", message });
}

async function remember(
  tx: Tx,
  ctx: Context,
  template: Template,
  definitions: readonly PublishedDefinition[],
  release: number | null,
): Promise<void> {
  const schema = ctx.workspace.schema;
  await sql`insert into ${sql.id(schema, "fw_template")} (key, version, release, installed_at)
    values (${template.key}, ${template.version}, ${release ?? ctx.model.release}, ${ctx.now})
    on conflict (key) do update set version = excluded.version, release = excluded.release`.execute(tx);
  const rows = definitions.map((one) => ({ ...nameOf(one), text: canonicalJson(one) }));
  await sql`insert into ${sql.id(schema, "fw_template_base")} (template, kind, key, version, text)
    select ${template.key}, d ->> 'kind', d ->> 'key', ${template.version}, d ->> 'text'
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) d
    on conflict (template, kind, key) do update set version = excluded.version, text = excluded.text`.execute(tx);
}

/** The templates that were installed, with their versions. */
export async function installedTemplates(
  db: Db,
  ctx: Context,
): Promise<readonly { readonly key: string; readonly version: string; readonly release: number }[]> {
  const found = await sql<{ key: string; version: string; release: number }>`
    select key, version, release from ${sql.id(ctx.workspace.schema, "fw_template")} order by key`.execute(db);
  return found.rows;
}
