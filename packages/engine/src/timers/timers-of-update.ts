import type { Entity } from "@formwright/model";
import { isVolatile, type Rule, type RuleType, variablesOf } from "@formwright/rules";
import { type RawBuilder, sql } from "kysely";
import type { Context } from "../context.ts";
import { idOf } from "../effects/effect-ids.ts";
import { propertiesOf } from "../model/paths.ts";
import { conditionSql, plainPath } from "../model/rule-sql.ts";
import { type SlotValues, slot } from "../records/statement.ts";
import { isNear, SILENT_DOORS, timerKey } from "./sync-timers.ts";
import { type TimerRule, timerRulesOf, watchedBy } from "./timer-rules.ts";
import { after } from "./timer-time.ts";

type IdleRule = Extract<TimerRule, { is: "idle" }>;

/** Timers of one record that a change of some of its fields puts off, to be written in the statement of that change. */
export interface TimersOfUpdate {
  /** Parts of a WITH that read the changed record from the table `changed`, one row at most. */
  readonly parts: readonly RawBuilder<unknown>[];
  readonly values: SlotValues;
  /** Statements may be shared by updates with the same key. */
  readonly key: string;
}

/**
 * What a change of these fields means for timers, as long as it only puts off those that wait for silence: by far the
 * most changes. Null when a timer depends on a field that changes, when one's condition takes more than plain columns of
 * the record, or when one rings so soon that the relay has to be woken: then the change has to be looked at afterwards.
 */
export function timersOfUpdate(
  ctx: Context,
  entity: Entity,
  id: string,
  fields: readonly string[],
): TimersOfUpdate | null {
  const rules = timerRulesOf(ctx.model);
  const own = rules.byEntity.get(entity.key) ?? [];
  const isSilent = SILENT_DOORS.has(ctx.door);
  const isWatched = (rule: TimerRule) => watchedBy(rule).some((key) => fields.includes(key));
  if (own.some((rule) => (isSilent || rule.is !== "idle") && isWatched(rule))) return null;
  if (isSilent) return { parts: [], values: {}, key: "silent" };
  const idle = own.filter((rule) => rule.is === "idle");
  const touching = (rules.touching.get(entity.key) ?? []).flatMap(({ rule, field }) =>
    rule.is === "idle" ? [{ rule, field }] : [],
  );
  if (!idle.every((rule) => isPlain(entity, conditionOf(rule)))) return null;
  if (!touching.every(({ field }) => typeOf(entity, field) === "id")) return null;
  const zone = ctx.workspace.timeZone;
  const dues = [...idle, ...touching.map(({ rule }) => rule)].map((rule) => after(ctx.now, rule.trigger.after, zone));
  if (dues.some((due) => isNear(due, ctx))) return null;
  return {
    parts:
      idle.length + touching.length === 0 ? [] : [setSql(ctx, entity, idle, touching), ...cancelSql(ctx, entity, idle)],
    values: Object.fromEntries([
      ...dues.map((due, index) => [`due${index}`, due]),
      ...idle.map((rule, index) => [`timer${index}`, idOf(timerKey(rule.id, id.toLowerCase()))]),
      ...touching.map((_each, index) => [`timer${idle.length + index}`, ctx.newId()]),
    ]),
    key: "timed",
  };
}

/** The condition that the record alone decides; null when there is none, or it is left to the moment of ringing. */
function conditionOf({ automation: { when } }: IdleRule): Rule | null {
  return when === undefined || isVolatile(when) || variablesOf(when).some((path) => path.includes(".")) ? null : when;
}

/** Types whose comparison means the same whoever asks: no zone, no list. */
const PLAIN: ReadonlySet<RuleType> = new Set(["text", "number", "boolean", "id"]);

function isPlain(entity: Entity, when: Rule | null): boolean {
  return when === null || variablesOf(when).every((path) => PLAIN.has(typeOf(entity, path) ?? "null"));
}

function typeOf(entity: Entity, path: string): RuleType | null {
  const property = propertiesOf(entity).get(path);
  return property?.column ? property.type : null;
}

function whenSql(ctx: Context, entity: Entity, rule: IdleRule): RawBuilder<boolean> | null {
  const when = conditionOf(rule);
  if (when === null) return null;
  const { schema } = ctx.workspace;
  const toSql = (steps: Parameters<typeof plainPath>[2]) => plainPath(schema, "t", steps);
  return sql<boolean>`coalesce(${conditionSql(ctx.model, when, { schema, entity, alias: "t", toSql })}, false)`;
}

function setSql(
  ctx: Context,
  entity: Entity,
  idle: readonly IdleRule[],
  touching: readonly { readonly rule: IdleRule; readonly field: string }[],
): RawBuilder<unknown> {
  const row = (rule: IdleRule, index: number, record: RawBuilder<unknown>, condition: RawBuilder<unknown>) => sql`
    select ${slot(`timer${index}`, "uuid")} as id, ${sql.lit(rule.id)}::text as rule, ${sql.lit(rule.trigger.entity)}::text as entity,
      ${record} as record, ${slot(`due${index}`, "text")} as due from changed t where ${condition}`;
  const rows = [
    ...idle.map((rule, index) => row(rule, index, sql`t.id`, whenSql(ctx, entity, rule) ?? sql`true`)),
    ...touching.map(({ rule, field }, index) => {
      const target = sql.ref(`t.${propertiesOf(entity).get(field)?.column ?? field}`);
      return row(rule, idle.length + index, target, sql`${target} is not null`);
    }),
  ];
  return sql`timed as (insert into ${sql.id(ctx.workspace.schema, "fw_job")} as job
      (id, kind, payload, run_at, dedupe_key, created_at)
    select distinct on (w.key) w.id, 'timer',
      jsonb_build_object('rule', w.rule, 'entity', w.entity, 'record', w.record, 'due', w.due), w.due::timestamptz,
      w.key, ${slot("now", "timestamptz")}
    from (select r.*, concat('timer:', r.rule, ':', r.record) collate "C" as key
      from (${sql.join(rows, sql` union all `)}) r) w order by w.key
    on conflict (dedupe_key) do update
    set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0, last_error = null,
      done_at = null
    where job.payload->>'due' is distinct from excluded.payload->>'due' or job.state = 'cancelled')`;
}

/** Those whose condition no longer holds. */
function cancelSql(ctx: Context, entity: Entity, idle: readonly IdleRule[]): readonly RawBuilder<unknown>[] {
  return idle.flatMap((rule, index) => {
    const when = whenSql(ctx, entity, rule);
    if (when === null) return [];
    return sql`${sql.id(`cancelled${index}`)} as (update ${sql.id(ctx.workspace.schema, "fw_job")} job
      set state = 'cancelled', done_at = ${slot("now", "timestamptz")} from changed t
      where job.dedupe_key = ${sql.lit(timerKey(rule.id, ""))} || t.id and not ${when}
        and job.state in ('waiting', 'queued', 'failed'))`;
  });
}
