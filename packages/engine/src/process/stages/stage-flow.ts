import { type Entity, type Field, type Flow, type LocalText, Problem } from "@formwright/model";
import { type Rule, type RuleData, variablesOf } from "@formwright/rules";
import type { MoveContext, Mover, Tick } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Db } from "../../context.ts";
import { propertiesOf } from "../../model/paths.ts";
import { scopeOf } from "../../model/rule-sql.ts";
import { environmentOf } from "../rule-data.ts";

/** A stage field with its flow. */
export interface StageField {
  readonly field: Field;
  readonly flow: Flow;
}

/**
 * The stage field that is meant: the named one, else the entity's first.
 *
 * @throws Problem `notFound` when the entity has none
 */
export function stageFieldOf(ctx: Context, entity: Entity, key?: string): StageField {
  const field = entity.fields.find((candidate) => candidate.kind === "stage" && (!key || candidate.key === key));
  const flow = field ? ctx.model.flows.get(String(field.options.flow)) : undefined;
  if (field && flow) return { field, flow };
  throw new Problem("notFound", { en: "This entity has no stages.", "zh-CN": "该实体没有阶段流程。" });
}

/** Every path that the rules of a flow read. */
export function pathsOfFlow(flow: Flow): readonly string[] {
  const rules: Rule[] = [
    ...flow.stages.flatMap((stage) => stage.criteria.map((criterion) => criterion.rule)),
    ...flow.transitions.flatMap((transition) => (transition.when === undefined ? [] : [transition.when])),
  ];
  return [...new Set(rules.flatMap(variablesOf))];
}

export function moveContext(
  ctx: Context,
  entity: Entity,
  record: RuleData,
  ticks: ReadonlyMap<string, Tick>,
  mover: Mover,
): MoveContext {
  const member = ctx.actor.kind === "member" ? ctx.actor.member : null;
  return {
    record,
    environment: environmentOf(ctx, member?.id ?? null, member?.department ?? null),
    scope: scopeOf(ctx.model, entity),
    ticks,
    mover,
    labelOf: (field) => labelOf(entity, field),
  };
}

export function moverOf(ctx: Context, mayUpdate: boolean): Mover {
  if (ctx.actor.kind === "system") return { roles: null, isAdmin: true, mayUpdate: true };
  return { roles: ctx.actor.member.roles, isAdmin: ctx.actor.member.isAdmin, mayUpdate };
}

export async function readTicks(
  db: Db,
  ctx: Context,
  entity: string,
  recordId: string,
  field: string,
  stage: string | null,
): Promise<ReadonlyMap<string, Tick>> {
  const found = await sql<{ item: string; by: string | null; at: string }>`
    select item, by, at from ${sql.id(ctx.workspace.schema, "fw_tick")}
    where record_id = ${recordId} and entity = ${entity} and field = ${field} and stage = ${stage}`.execute(db);
  return new Map(found.rows.map(({ item, by, at }) => [item, { by, at }]));
}

function labelOf(entity: Entity, key: string): LocalText {
  const property = propertiesOf(entity).get(key);
  return property?.field?.label ?? SYSTEM_LABELS[key] ?? { en: key };
}

const SYSTEM_LABELS: { readonly [key: string]: LocalText } = { owner: { en: "Owner", "zh-CN": "负责人" } };
