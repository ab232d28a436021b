import type { Entity } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { idOf } from "../effects/effect-ids.ts";
import { wakeRelay } from "../jobs/job-rows.ts";
import type { RecordChange, RecordData } from "../records/record-change.ts";
import { plannedAt, type TimerRule, timerRulesOf, watchedBy } from "./timer-rules.ts";

export interface TimerSetting {
  readonly rule: string;
  readonly entity: string;
  readonly recordId: string;
  /** ISO 8601 UTC. */
  readonly due: string;
}

/** Doors whose changes are no activity of a person: they do not put off a reminder about silence. */
export const SILENT_DOORS: ReadonlySet<string> = new Set(["automation", "system"]);

/** How near a timer must be for the relay to be woken: farther ones it finds on its own clock. */
const NEAR_MS = 120_000;

/**
 * Keeps the timers of a record in step with one change of it, in the same transaction: sets those that the change moves,
 * cancels those whose date is gone or whose condition no longer holds, and puts off those that wait for silence.
 */
export async function syncTimers(tx: Tx, ctx: Context, change: RecordChange): Promise<void> {
  const rules = timerRulesOf(ctx.model);
  const own = (rules.byEntity.get(change.entity) ?? []).filter((rule) => isMoved(rule, change, ctx));
  const wanted = own.map((rule) => ({ rule, due: change.after ? plannedAt(rule, change.after, ctx) : null }));
  const settings = wanted.flatMap(({ rule, due }) =>
    due === null ? [] : [{ rule: rule.id, entity: change.entity, recordId: change.id, due }],
  );
  const gone = wanted.filter(({ due }) => due === null).map(({ rule }) => timerKey(rule.id, change.id));
  if (change.kind !== "created") await cancelTimers(tx, ctx, gone); // a new record has none
  await setTimers(tx, ctx, [...settings, ...touched(ctx, change)]);
}

/**
 * Activity on a record that changes no field of it: a comment, a tick, an approval. Puts off the timers that wait for
 * silence.
 */
export async function touchRecord(tx: Tx, ctx: Context, entity: string, id: string, record: RecordData): Promise<void> {
  if (SILENT_DOORS.has(ctx.door)) return;
  const idle = (timerRulesOf(ctx.model).byEntity.get(entity) ?? []).filter((rule) => rule.is === "idle");
  const settings = idle.flatMap((rule) => {
    const due = plannedAt(rule, record, ctx);
    return due === null ? [] : [{ rule: rule.id, entity, recordId: id, due }];
  });
  await setTimers(tx, ctx, settings);
}

/** Sets timers anew. One that already rang for the same due time stays as it is. */
export async function setTimers(tx: Tx, ctx: Context, settings: readonly TimerSetting[]): Promise<void> {
  if (settings.length === 0) return;
  await setTimersSql(ctx.workspace.schema, sql`${timerRows(settings)}::jsonb`, sql`${ctx.now}::timestamptz`).execute(
    tx,
  );
  if (settings.some(({ due }) => isNear(due, ctx))) await wakeRelay(tx, ctx);
}

/**
 * The statement that sets timers, whatever their number: to be run alone or as a part of another one.
 *
 * @param rows what {@link timerRows} gives, as jsonb
 * @param condition nothing is set where it does not hold
 */
export function setTimersSql(
  schema: string,
  rows: RawBuilder<unknown>,
  now: RawBuilder<unknown>,
  condition: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    insert into ${sql.id(schema, "fw_job")} as job (id, kind, payload, run_at, dedupe_key, created_at)
    select timer.id, 'timer', timer.payload, timer.run_at, timer.dedupe_key, ${now}
    from jsonb_to_recordset(${rows}) as timer (id uuid, payload jsonb, run_at timestamptz, dedupe_key text)
    where ${condition}
    on conflict (dedupe_key) do update
    set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0, last_error = null,
      done_at = null
    where job.payload->>'due' is distinct from excluded.payload->>'due' or job.state = 'cancelled'`;
}

/** Timers as JSON for {@link setTimersSql}, each key once, in an order that any two writers share. */
export function timerRows(settings: readonly TimerSetting[]): string {
  const rows = settings.map(({ rule, entity, recordId, due }) => {
    const key = timerKey(rule, recordId);
    return { id: idOf(key), payload: { rule, entity, record: recordId, due }, run_at: due, dedupe_key: key };
  });
  const byKey = [...new Map(rows.map((row) => [row.dedupe_key, row])).values()];
  return JSON.stringify(byKey.sort((a, b) => (a.dedupe_key < b.dedupe_key ? -1 : 1)));
}

/** The timers of records that were just created, all in one statement. */
export async function setNewTimers(tx: Tx, ctx: Context, changes: readonly RecordChange[]): Promise<void> {
  await setTimers(
    tx,
    ctx,
    changes.flatMap((change) => timersOfNew(ctx, change)),
  );
}

/**
 * The timers of a record that is about to be created, so that they can be written with it in one statement. Null when
 * they depend on what only the database computes, or ring so soon that the relay has to be woken.
 *
 * @param record its values as far as they are known beforehand; its owner's department may be missing
 */
export function timersBeforehand(
  ctx: Context,
  entity: Entity,
  id: string,
  record: RecordData,
): readonly TimerSetting[] | null {
  const rules = timerRulesOf(ctx.model).byEntity.get(entity.key) ?? [];
  const unknown = entity.fields.filter((field) => COMPUTED.has(field.kind)).map((field) => field.key);
  if (record.owner_department === undefined) unknown.push("owner_department");
  if (rules.some((rule) => watchedBy(rule).some((key) => unknown.includes(key)))) return null;
  const change: RecordChange = { kind: "created", entity: entity.key, id, before: null, after: record, changed: [] };
  const settings = timersOfNew(ctx, change);
  return settings.some(({ due }) => isNear(due, ctx)) ? null : settings;
}

const COMPUTED: ReadonlySet<string> = new Set(["formula", "autonumber"]);

function timersOfNew(ctx: Context, change: RecordChange): readonly TimerSetting[] {
  const own = (timerRulesOf(ctx.model).byEntity.get(change.entity) ?? []).flatMap((rule) => {
    const due = change.after ? plannedAt(rule, change.after, ctx) : null;
    return due === null ? [] : [{ rule: rule.id, entity: change.entity, recordId: change.id, due }];
  });
  return [...own, ...touched(ctx, change)];
}

/** Whether the relay has to be woken for what is due then. */
export function isNear(due: string, ctx: Context): boolean {
  return Date.parse(due) - Date.parse(ctx.now) < NEAR_MS;
}

export async function cancelTimers(tx: Tx, ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    update ${sql.id(ctx.workspace.schema, "fw_job")} set state = 'cancelled', done_at = ${ctx.now}
    where dedupe_key = any(${[...keys]}::text[]) and state in ('waiting', 'queued', 'failed')`.execute(tx);
}

export function timerKey(rule: string, recordId: string): string {
  return `timer:${rule}:${recordId}`;
}

function isMoved(rule: TimerRule, change: RecordChange, ctx: Context): boolean {
  if (
    change.kind === "deleted" ||
    change.kind === "purged" ||
    change.kind === "created" ||
    change.kind === "restored"
  ) {
    return true;
  }
  if (rule.is === "idle" && !SILENT_DOORS.has(ctx.door)) return true;
  return watchedBy(rule).some((field) => change.changed.includes(field));
}

/** Idle timers of other records that this one refers to. Their own state is looked at when they ring. */
function touched(ctx: Context, change: RecordChange): readonly TimerSetting[] {
  if (SILENT_DOORS.has(ctx.door) || !change.after) return [];
  const record = change.after;
  const settings = (timerRulesOf(ctx.model).touching.get(change.entity) ?? []).flatMap(({ rule, field }) => {
    const id = record[field];
    if (rule.is !== "idle" || typeof id !== "string") return [];
    const due = plannedAt({ ...rule, automation: { ...rule.automation, when: true } }, {}, ctx);
    return due === null ? [] : [{ rule: rule.id, entity: rule.trigger.entity, recordId: id, due }];
  });
  return [...new Map(settings.map((setting) => [timerKey(setting.rule, setting.recordId), setting])).values()];
}
