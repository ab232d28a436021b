import type { Automation, ChecklistItem, Flow, Model, Stage, Trigger } from "@formwright/model";
import { evaluate, isVolatile, type Rule, type RuleData, variablesOf } from "@formwright/rules";
import type { Context } from "../context.ts";
import type { RecordData } from "../records/record-change.ts";
import { after, dateTimerAt, isStillUseful } from "./timer-time.ts";

type On<K extends Trigger["on"]> = Extract<Trigger, { on: K }>;

/** A rule about time: at most one timer for each record of its entity. */
export type TimerRule =
  | { readonly is: "date"; readonly id: string; readonly automation: Automation; readonly trigger: On<"date"> }
  | { readonly is: "idle"; readonly id: string; readonly automation: Automation; readonly trigger: On<"idle"> }
  | { readonly is: "stageLimit"; readonly id: string; readonly flow: Flow }
  | {
      readonly is: "checklist";
      readonly id: string;
      readonly flow: Flow;
      readonly stage: Stage;
      readonly item: ChecklistItem;
    };

export interface TimerRules {
  readonly byId: ReadonlyMap<string, TimerRule>;
  readonly byEntity: ReadonlyMap<string, readonly TimerRule[]>;
  /** By the entity whose changes count as activity on another record: the rule, and the reference that names the record. */
  readonly touching: ReadonlyMap<string, readonly { readonly rule: TimerRule; readonly field: string }[]>;
}

const compiled = new WeakMap<Model, TimerRules>();

/** The time rules of a model, worked out once for each release. */
export function timerRulesOf(model: Model): TimerRules {
  let rules = compiled.get(model);
  if (!rules) {
    rules = compile(model);
    compiled.set(model, rules);
  }
  return rules;
}

export function entityOfRule(rule: TimerRule): string {
  return rule.is === "date" || rule.is === "idle" ? rule.trigger.entity : rule.flow.entity;
}

/** Changes of these fields may move the timer; for idle rules any change does. */
export function watchedBy(rule: TimerRule): readonly string[] {
  if (rule.is === "stageLimit" || rule.is === "checklist") return [rule.flow.field];
  const own = rule.is === "date" ? [rule.trigger.field] : [];
  return [...own, ...(rule.automation.when === undefined ? [] : variablesOf(rule.automation.when))];
}

/**
 * When a record's timer of this rule rings; null when it has none. For idle rules counted from now, the moment of the
 * activity. Conditions that need more than the record itself are left to the moment of ringing.
 */
export function plannedAt(rule: TimerRule, record: RecordData, ctx: Context): string | null {
  if (record.deleted_at) return null;
  return PLANS[rule.is](rule as never, record, ctx);
}

type Plan<K extends TimerRule["is"]> = (
  rule: Extract<TimerRule, { is: K }>,
  record: RecordData,
  ctx: Context,
) => string | null;

const PLANS: { readonly [K in TimerRule["is"]]: Plan<K> } = {
  date({ automation, trigger }, record, ctx) {
    const value = record[trigger.field];
    if (typeof value !== "string" || certainlyFails(automation.when, record, ctx)) return null;
    const zone = ctx.workspace.timeZone;
    const due = dateTimerAt(value, trigger, zone);
    return due !== null && isStillUseful(due, value, trigger, zone, ctx.now) ? due : null;
  },
  idle({ automation, trigger }, record, ctx) {
    if (certainlyFails(automation.when, record, ctx)) return null;
    return after(ctx.now, trigger.after, ctx.workspace.timeZone);
  },
  stageLimit({ flow }, record, ctx) {
    const stage = flow.stages.find((candidate) => candidate.key === record[flow.field]);
    const since = record[`${flow.field}_since`];
    if (!stage?.limit || stage.onOverdue.length === 0 || typeof since !== "string") return null;
    return after(since, stage.limit, ctx.workspace.timeZone);
  },
  checklist({ flow, stage, item }, record, ctx) {
    const since = record[`${flow.field}_since`];
    if (record[flow.field] !== stage.key || !item.within || typeof since !== "string") return null;
    return after(since, item.within, ctx.workspace.timeZone);
  },
};

/** True when the record alone already says no. */
function certainlyFails(when: Rule | undefined, record: RecordData, ctx: Context): boolean {
  if (when === undefined || isVolatile(when)) return false;
  const needsMore = variablesOf(when).some((path) => path.includes(".") || Array.isArray(record[path]));
  if (needsMore) return false;
  const environment = { now: ctx.now, timeZone: ctx.workspace.timeZone, me: null, myDepartment: null };
  return evaluate(when, record as RuleData, environment) !== true;
}

function compile(model: Model): TimerRules {
  const rules = [...fromAutomations(model), ...fromFlows(model)];
  const byEntity = Map.groupBy(rules, entityOfRule);
  const touching = rules.flatMap((rule) =>
    rule.is === "idle" ? (rule.trigger.touches ?? []).map(({ entity, field }) => ({ entity, field, rule })) : [],
  );
  return {
    byId: new Map(rules.map((rule) => [rule.id, rule])),
    byEntity,
    touching: Map.groupBy(touching, ({ entity }) => entity),
  };
}

function fromAutomations(model: Model): readonly TimerRule[] {
  return [...model.automations.values()].flatMap((automation): TimerRule[] => {
    const { trigger, key } = automation;
    if (!automation.enabled || !model.entities.has("entity" in trigger ? trigger.entity : "")) return [];
    if (trigger.on === "date") return [{ is: "date", id: `automation:${key}`, automation, trigger }];
    if (trigger.on === "idle") return [{ is: "idle", id: `automation:${key}`, automation, trigger }];
    return [];
  });
}

function fromFlows(model: Model): readonly TimerRule[] {
  return [...model.flows.values()].flatMap((flow): TimerRule[] => {
    const limits = flow.stages.some((stage) => stage.limit && stage.onOverdue.length > 0);
    const items = flow.stages.flatMap((stage) =>
      stage.checklist
        .filter((item) => item.within)
        .map((item): TimerRule => {
          return { is: "checklist", id: `checklist:${flow.key}:${stage.key}:${item.key}`, flow, stage, item };
        }),
    );
    return [...(limits ? [{ is: "stageLimit", id: `limit:${flow.key}`, flow } as const] : []), ...items];
  });
}
