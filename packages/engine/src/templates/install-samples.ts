import type { Json, SampleRecord, Template } from "@formwright/model";
import { sql } from "kysely";
import { DateTime } from "luxon";
import type { Context, Tx } from "../context.ts";
import { createRecord } from "../writes/create-record.ts";
import { updateRecord } from "../writes/update-record.ts";

type Values = { readonly [field: string]: Json };

/** A value that names a sample which is not there yet: filled in when all are. */
const LATER = Symbol("later");

interface Resolver {
  readonly ctx: Context;
  readonly ids: Map<string, string>;
}

/**
 * Creates the sample records of a template that are not there yet, in their order; a reference to a later one is filled in
 * at the end. Samples that were deleted since stay deleted.
 *
 * @returns how many were created
 */
export async function installSamples(tx: Tx, ctx: Context, template: Template): Promise<number> {
  const table = sql.id(ctx.workspace.schema, "fw_template_record");
  const known = await sql<{ ref: string; id: string }>`
    select ref, record_id as id from ${table} where template = ${template.key}`.execute(tx);
  const resolver: Resolver = { ctx, ids: new Map(known.rows.map((row) => [row.ref, row.id])) };
  const made: SampleRecord[] = [];
  const postponed: { entity: string; id: string; key: string; value: Json }[] = [];
  for (const sample of template.samples) {
    if (resolver.ids.has(sample.ref)) continue;
    const { values, later } = resolved(valuesOf(sample, ctx), resolver);
    const { id } = await createRecord(tx, ctx, sample.entity, withOwner(values, ctx), {
      trusted: true,
      silent: true,
      ...(sample.daysAgo !== undefined && { createdAt: daysBefore(ctx, sample.daysAgo) }),
    });
    resolver.ids.set(sample.ref, id);
    made.push(sample);
    for (const [key, value] of later) postponed.push({ entity: sample.entity, id, key, value });
  }
  for (const { entity, id, key, value } of postponed) {
    const { values } = resolved({ [key]: value }, resolver);
    await updateRecord(tx, ctx, entity, id, { values }, { trusted: true, silent: true });
  }
  await rememberSamples(tx, ctx, template, made, resolver);
  return made.length;
}

async function rememberSamples(
  tx: Tx,
  ctx: Context,
  template: Template,
  made: readonly SampleRecord[],
  { ids }: Resolver,
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ ref, entity }) => ({ ref, entity, id: ids.get(ref) ?? null }));
  await sql`insert into ${sql.id(ctx.workspace.schema, "fw_template_record")} (template, ref, entity, record_id)
    select ${template.key}, d ->> 'ref', d ->> 'entity', (d ->> 'id')::uuid
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) d`.execute(tx);
}

function valuesOf(sample: SampleRecord, ctx: Context): Values {
  return { ...sample.values, ...sample.localized?.[ctx.locale] };
}

/** Without an owner the record belongs to whoever installs. */
function withOwner({ owner, ...values }: Values, ctx: Context) {
  const me = ctx.actor.kind === "member" ? ctx.actor.member.id : null;
  return { values, owner: (owner as string | undefined) ?? me };
}

function daysBefore(ctx: Context, days: number): string {
  return DateTime.fromISO(ctx.now, { zone: "utc" }).minus({ days }).toISO() ?? ctx.now;
}

function resolved(values: Values, resolver: Resolver): { values: Values; later: readonly [string, Json][] } {
  const done: { [field: string]: Json } = {};
  const later: [string, Json][] = [];
  for (const [key, value] of Object.entries(values)) {
    const result = resolve(value, resolver);
    if (result === LATER) later.push([key, value]);
    else done[key] = result;
  }
  return { values: done, later };
}

function resolve(value: Json, resolver: Resolver): Json | typeof LATER {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => resolve(item, resolver));
    return items.includes(LATER) ? LATER : (items as Json[]);
  }
  const { $ref, $days, at } = value as { readonly $ref?: string; readonly $days?: number; readonly at?: string };
  if (typeof $ref === "string") return resolver.ids.get($ref) ?? LATER;
  if (typeof $days === "number") return dayOf(resolver.ctx, $days, at);
  const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner as Json, resolver)] as const);
  return entries.some(([, inner]) => inner === LATER) ? LATER : (Object.fromEntries(entries) as Json);
}

/** A day counted from the install in the workspace's zone; with `at` that local time of it. */
function dayOf({ now, workspace }: Context, days: number, at: string | undefined): string {
  const day = DateTime.fromISO(now, { zone: workspace.timeZone }).plus({ days });
  if (at === undefined) return day.toISODate() ?? now.slice(0, 10);
  return DateTime.fromISO(`${day.toISODate()}T${at}`, { zone: workspace.timeZone }).toUTC().toISO() ?? now;
}
