import type { LocalText, StageCategory } from "@formwright/model";
import { type Missing, possibleMoves } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Db } from "../../context.ts";
import { entityOf, readRecordData } from "../../records/read-record.ts";
import { after } from "../../timers/timer-time.ts";
import { recordRights } from "../lock-record.ts";
import { namesOf, type PersonRef } from "../names.ts";
import { withReferences } from "../rule-data.ts";
import { stageState } from "./move-record.ts";
import { moveContext, moverOf, pathsOfFlow, readTicks, stageFieldOf } from "./stage-flow.ts";

/** Where a record is in its flow, and where the caller may take it. */
export interface StageStatus {
  readonly field: string;
  readonly flow: string;
  readonly stage: string | null;
  readonly since: string | null;
  /** When the stage's time limit ends. */
  readonly dueAt: string | null;
  readonly stages: readonly {
    readonly key: string;
    readonly label: LocalText;
    readonly category: StageCategory;
    readonly color: string | null;
    readonly winRate: number | null;
  }[];
  readonly transitions: readonly {
    readonly key: string;
    readonly to: string;
    readonly label: LocalText;
    /** What keeps it from this stage, apart from what the dialog asks for. */
    readonly missing: readonly Missing[];
    /** Fields that the dialog asks for. */
    readonly ask: readonly string[];
    readonly requireComment: boolean;
    /** The approval that must say yes; null when none. */
    readonly needsApproval: string | null;
    readonly isForward: boolean;
  }[];
  readonly checklist: readonly {
    readonly key: string;
    readonly label: LocalText;
    readonly help: LocalText | null;
    readonly required: boolean;
    readonly dueAt: string | null;
    readonly done: { readonly by: PersonRef | null; readonly at: string } | null;
  }[];
  /** The approval that a move waits for. */
  readonly waiting: { readonly approval: string; readonly to: string } | null;
}

/** @throws Problem `notFound` when there is no such record or the entity has no stages */
export async function stageStatus(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  fieldKey?: string,
): Promise<StageStatus> {
  const entity = entityOf(ctx, entityKey);
  const { field, flow } = stageFieldOf(ctx, entity, fieldKey);
  const rights = await recordRights(db, ctx, entity, id, false);
  const record = (await readRecordData(db, ctx, entityKey, id)) ?? {};
  const state = stageState(record, field.key);
  const ticks = await readTicks(db, ctx, entityKey, id, field.key, state.stage);
  const data = await withReferences(db, ctx, entity, record, pathsOfFlow(flow));
  const moves = possibleMoves(flow, state, moveContext(ctx, entity, data, ticks, moverOf(ctx, rights.mayUpdate)));
  const stage = flow.stages.find((candidate) => candidate.key === state.stage);
  const name = await namesOf(
    db,
    ctx,
    [...ticks.values()].map((tick) => tick.by),
  );
  const dueAt = (duration: string | undefined) =>
    duration && state.since ? after(state.since, duration, ctx.workspace.timeZone) : null;
  return {
    field: field.key,
    flow: flow.key,
    ...state,
    dueAt: dueAt(stage?.limit),
    stages: flow.stages.map(({ key, label, category, color, winRate }) => ({
      key,
      label,
      category,
      color: color ?? null,
      winRate: winRate ?? null,
    })),
    transitions: moves.map((move) => ({
      key: move.transition.key,
      to: move.to.key,
      label: move.label,
      missing: move.missing,
      ask: move.ask,
      requireComment: move.requireComment,
      needsApproval: move.approval,
      isForward: move.isForward,
    })),
    checklist: (stage?.checklist ?? []).map((item) => {
      const tick = ticks.get(item.key);
      return {
        key: item.key,
        label: item.label,
        help: item.help ?? null,
        required: item.required ?? false,
        dueAt: dueAt(item.within),
        done: tick ? { by: name(tick.by), at: tick.at } : null,
      };
    }),
    waiting: await waitingMove(db, ctx, entityKey, id, field.key),
  };
}

async function waitingMove(db: Db, ctx: Context, entity: string, id: string, field: string) {
  const found = await sql<{ approval: string; to: string }>`
    select id as approval, transition->>'to' as to from ${sql.id(ctx.workspace.schema, "fw_instance")}
    where entity = ${entity} and record_id = ${id} and ended_at is null and transition->>'field' = ${field}
    order by started_at desc limit 1`.execute(db);
  return found.rows[0] ?? null;
}
