import type { JsonObject, OverdueAction } from "@formwright/model";
import { sql } from "kysely";
import { runAutomation } from "../automations/run-automation.ts";
import type { Context, Tx } from "../context.ts";
import { idOf } from "../effects/effect-ids.ts";
import type { Job } from "../jobs/job.ts";
import type { JobHandler } from "../jobs/run-job.ts";
import { notifyMembers } from "../notifications/notify.ts";
import { readRecordData } from "../records/read-record.ts";
import type { RecordData } from "../records/record-change.ts";
import { plannedAt, type TimerRule, timerRulesOf } from "./timer-rules.ts";
import { after } from "./timer-time.ts";

interface Ringing {
  readonly job: Job;
  readonly entity: string;
  readonly recordId: string;
  readonly record: RecordData;
  /** When it was to ring: with rule and record the name of this ring. */
  readonly due: string;
}

/** Later than this and the timer was moved without our knowing: it is set anew. */
const MOVED_MS = 2000;

/** A timer rings: looks again whether there is still something to do, and does it. */
export const timerHandler: JobHandler = async (tx, ctx, job) => {
  const { rule: id, entity, record: recordId, due } = job.payload;
  const rule = timerRulesOf(ctx.model).byId.get(String(id));
  if (!rule || !ctx.model.entities.has(String(entity))) return null;
  const record = await readRecordData(tx, ctx, String(entity), String(recordId));
  if (!record || record.deleted_at) return null;
  const ringing = { job, entity: String(entity), recordId: String(recordId), record, due: String(due) };
  await RING[rule.is](tx, ctx, rule as never, ringing);
  return null;
};

type Ring<K extends TimerRule["is"]> = (
  tx: Tx,
  ctx: Context,
  rule: Extract<TimerRule, { is: K }>,
  ringing: Ringing,
) => Promise<void>;

const RING: { readonly [K in TimerRule["is"]]: Ring<K> } = {
  async date(tx, ctx, rule, ringing) {
    // Planned as of the moment it was due: what was right then is still right, however late the ring is.
    const planned = plannedAt(rule, ringing.record, { ...ctx, now: earlier(ringing.due, ctx.now) });
    if (planned === null) return;
    if (Date.parse(planned) > Date.parse(ctx.now) + MOVED_MS) return setAnew(tx, ctx, ringing.job, planned);
    await runFor(tx, ctx, rule, ringing);
  },
  async idle(tx, ctx, rule, ringing) {
    await runFor(tx, ctx, rule, ringing);
    const { every } = rule.trigger;
    if (every) await setAnew(tx, ctx, ringing.job, after(ctx.now, every, ctx.workspace.timeZone));
  },
  async stageLimit(tx, ctx, rule, ringing) {
    const planned = plannedAt(rule, ringing.record, ctx);
    if (planned === null) return;
    if (Date.parse(planned) > Date.parse(ctx.now) + MOVED_MS) return setAnew(tx, ctx, ringing.job, planned);
    const { flow } = rule;
    const stage = flow.stages.find((candidate) => candidate.key === ringing.record[flow.field]);
    const title = {
      en: `Longer than planned in “${stage?.label.en ?? stage?.key ?? ""}”: {title}`,
      "zh-CN": `在“${stage?.label["zh-CN"] ?? stage?.label.en ?? ""}”阶段停留超时：{title}`,
    };
    for (const action of new Set(stage?.onOverdue ?? [])) {
      await remind(tx, ctx, ringing, title, await REMINDED[action](tx, ctx, ringing.record), action);
    }
  },
  async checklist(tx, ctx, { flow, stage, item }, ringing) {
    if (ringing.record[flow.field] !== stage.key) return;
    const ticked = await sql`
      select 1 from ${sql.id(ctx.workspace.schema, "fw_tick")}
      where record_id = ${ringing.recordId} and entity = ${ringing.entity} and field = ${flow.field}
        and stage = ${stage.key} and item = ${item.key}`.execute(tx);
    if (ticked.rows.length > 0) return;
    const title = {
      en: `Still to do — ${item.label.en ?? item.key}: {title}`,
      "zh-CN": `尚未完成“${item.label["zh-CN"] ?? item.label.en ?? item.key}”：{title}`,
    };
    await remind(tx, ctx, ringing, title, await REMINDED.remindOwner(tx, ctx, ringing.record), "remindOwner");
  },
};

async function runFor(
  tx: Tx,
  ctx: Context,
  rule: Extract<TimerRule, { is: "date" | "idle" }>,
  { recordId, entity, due }: Ringing,
): Promise<void> {
  await runAutomation(tx, ctx, {
    id: idOf("ring", rule.id, recordId, due),
    automation: rule.automation,
    entity,
    recordId,
    trigger: { on: rule.is, due },
    parent: null,
  });
}

async function remind(
  tx: Tx,
  ctx: Context,
  { entity, recordId, job, due }: Ringing,
  title: { en: string; "zh-CN": string },
  members: readonly string[],
  action: string,
): Promise<void> {
  await notifyMembers(tx, ctx, {
    cause: idOf("remind", job.id, due, action),
    kind: "reminder",
    members,
    title,
    link: { entity, recordId },
    channels: ["inbox", "email"],
  });
}

const REMINDED: {
  readonly [A in OverdueAction]: (tx: Tx, ctx: Context, record: RecordData) => Promise<readonly string[]>;
} = {
  remindOwner: async (_tx, _ctx, { owner }) => (typeof owner === "string" ? [owner] : []),
  async remindManager(tx, ctx, { owner }) {
    if (typeof owner !== "string") return [];
    const found = await sql<{ manager: string | null }>`
      select manager from ${sql.id(ctx.workspace.schema, "member")} where id = ${owner}`.execute(tx);
    const manager = found.rows[0]?.manager;
    return manager ? [manager] : [];
  },
};

/** The same timer, later: its row waits again instead of being done. */
async function setAnew(tx: Tx, ctx: Context, job: Job, due: string): Promise<void> {
  const payload: JsonObject = { ...job.payload, due };
  await sql`
    update ${sql.id(ctx.workspace.schema, "fw_job")}
    set state = 'waiting', run_at = ${due}, attempts = 0, last_error = null, payload = ${JSON.stringify(payload)}
    where id = ${job.id}`.execute(tx);
}

function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}
