import type { Model } from "@formwright/model";
import { type RawBuilder, sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { entityOfRule, type TimerRule, timerRulesOf } from "./timer-rules.ts";
import { type SplitDuration, splitDuration } from "./timer-time.ts";

/**
 * Sets the timers of all existing records for the time rules that a release brings, and takes away those that it
 * removes or changes: one statement for each rule, in the release's transaction. Conditions are asked when a timer rings.
 * Times that passed before the rule was there do not ring; records that are silent for too long already do.
 *
 * @param before null for the first release
 */
export async function backfillTimers(
  tx: Tx,
  ctx: Pick<Context, "workspace" | "now">,
  before: Model | null,
  after: Model,
): Promise<void> {
  const old = before ? timerRulesOf(before).byId : new Map<string, TimerRule>();
  const now = timerRulesOf(after).byId;
  const same = (id: string) => fingerprint(old.get(id)) === fingerprint(now.get(id));
  const gone = [...old.keys()].filter((id) => !same(id));
  if (gone.length > 0) {
    await sql`
      update ${sql.id(ctx.workspace.schema, "fw_job")} set state = 'cancelled', done_at = ${ctx.now}
      where kind = 'timer' and payload->>'rule' = any(${gone}::text[])
        and state in ('waiting', 'queued', 'failed')`.execute(tx);
  }
  for (const rule of now.values()) {
    if (!same(rule.id) && after.entities.has(entityOfRule(rule))) await fill(tx, ctx, rule);
  }
}

/** What a rule says about time, as text: equal while nothing about it changed. */
function fingerprint(rule: TimerRule | undefined): string | null {
  return rule ? JSON.stringify(ABOUT_TIME[rule.is](rule as never)) : null;
}

const ABOUT_TIME: {
  readonly [K in TimerRule["is"]]: (rule: Extract<TimerRule, { is: K }>) => unknown;
} = {
  date: ({ automation, trigger }) => [trigger, automation.when ?? null],
  idle: ({ automation, trigger }) => [trigger, automation.when ?? null],
  stageLimit: ({ flow }) => [
    flow.entity,
    flow.field,
    flow.stages.map((stage) => [stage.key, stage.limit, stage.onOverdue]),
  ],
  checklist: ({ flow, stage, item }) => [flow.entity, flow.field, stage.key, item.key, item.within],
};

async function fill(tx: Tx, ctx: Pick<Context, "workspace" | "now">, rule: TimerRule): Promise<void> {
  const { schema, timeZone } = ctx.workspace;
  const entity = entityOfRule(rule);
  const { due, where } = SQL[rule.is](rule as never, timeZone, ctx.now);
  await sql`
    insert into ${sql.id(schema, "fw_job")} as job (id, kind, payload, run_at, dedupe_key, created_at)
    select gen_random_uuid(), 'timer',
      jsonb_build_object('rule', ${rule.id}::text, 'entity', ${entity}::text, 'record', d.id::text, 'due', d.due_text),
      d.due, 'timer:' || ${rule.id}::text || ':' || d.id, ${ctx.now}::timestamptz
    from (
      select w.id, w.due, to_char(w.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due_text
      from (select t.id, ${due} as due from ${sql.id(schema, entity)} t where t.deleted_at is null and ${where}) w
      where w.due is not null) d
    on conflict (dedupe_key) do update
    set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0, last_error = null,
      done_at = null
    where job.payload->>'due' is distinct from excluded.payload->>'due' or job.state = 'cancelled'`.execute(tx);
}

interface DueSql {
  readonly due: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
}

const SQL: {
  readonly [K in TimerRule["is"]]: (rule: Extract<TimerRule, { is: K }>, timeZone: string, now: string) => DueSql;
} = {
  date({ trigger }, timeZone, now) {
    const column = sql.ref(`t.${trigger.field}`);
    const local = sql`case pg_typeof(${column})::text when 'date'
      then ${column}::text::date + ${trigger.at ?? "09:00"}::time
      else ${atTimeOfDay(sql`(${column}::text::timestamptz at time zone ${timeZone})`, trigger.at)} end`;
    const offset = splitDuration(trigger.offset);
    const due = sql`((${local}) + ${calendar(offset)}) at time zone ${timeZone} + ${exact(offset)}`;
    const moment = sql`(${local}) at time zone ${timeZone}`;
    // Before its moment a reminder still makes sense, even when its own time has passed.
    const useful = offset.isNegative ? moment : due;
    return { due, where: sql`${column} is not null and ${useful} >= ${now}::timestamptz` };
  },
  idle({ trigger }, timeZone, now) {
    const due = later(sql`t.updated_at`, trigger.after, timeZone);
    return { due: sql`greatest(${due}, ${now}::timestamptz)`, where: sql`true` };
  },
  stageLimit({ flow }, timeZone, now) {
    const field = sql.ref(`t.${flow.field}`);
    const since = sql.ref(`t.${flow.field}_since`);
    const limited = flow.stages.filter((stage) => stage.limit && stage.onOverdue.length > 0);
    const cases = limited.map((stage) => sql`when ${stage.key} then ${later(since, stage.limit ?? "PT0S", timeZone)}`);
    const due = sql`case ${field} ${sql.join(cases, sql` `)} end`;
    return { due, where: sql`(${due}) >= ${now}::timestamptz` };
  },
  checklist({ flow, stage, item }, timeZone, now) {
    const due = later(sql.ref(`t.${flow.field}_since`), item.within ?? "PT0S", timeZone);
    return { due, where: sql`${sql.ref(`t.${flow.field}`)} = ${stage.key} and ${due} >= ${now}::timestamptz` };
  },
};

function atTimeOfDay(local: RawBuilder<unknown>, at: string | undefined): RawBuilder<unknown> {
  return at === undefined ? local : sql`(${local}::date + ${at}::time)`;
}

/** An instant and a duration, counted on the calendar of the zone. */
function later(instant: RawBuilder<unknown>, duration: string, timeZone: string): RawBuilder<unknown> {
  const split = splitDuration(duration);
  return sql`((${instant} at time zone ${timeZone}) + ${calendar(split)}) at time zone ${timeZone} + ${exact(split)}`;
}

function calendar({ calendar: { years, months, days } }: SplitDuration): RawBuilder<unknown> {
  return sql`make_interval(years => ${years}::int, months => ${months}::int, days => ${days}::int)`;
}

function exact({ exact: { hours, minutes, seconds } }: SplitDuration): RawBuilder<unknown> {
  return sql`make_interval(hours => ${hours}::int, mins => ${minutes}::int, secs => ${seconds}::double precision)`;
}
