import { sql } from "kysely";
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
const SILENT_DOORS: ReadonlySet<string> = new Set(["automation", "system"]);

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
  const jobs = sql.id(ctx.workspace.schema, "fw_job");
  const rows = settings.map(({ rule, entity, recordId, due }) => {
    const key = timerKey(rule, recordId);
    const payload = JSON.stringify({ rule, entity, record: recordId, due });
    return sql`(${idOf(key)}::uuid, 'timer', ${payload}::jsonb, ${due}::timestamptz, ${key}, ${ctx.now}::timestamptz)`;
  });
  await sql`
    insert into ${jobs} as job (id, kind, payload, run_at, dedupe_key, created_at) values ${sql.join(rows)}
    on conflict (dedupe_key) do update
    set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0, last_error = null,
      done_at = null
    where job.payload->>'due' is distinct from excluded.payload->>'due' or job.state = 'cancelled'`.execute(tx);
  const near = settings.some(({ due }) => Date.parse(due) - Date.parse(ctx.now) < NEAR_MS);
  if (near) await wakeRelay(tx, ctx);
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
