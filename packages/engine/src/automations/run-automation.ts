import { type Automation, type Json, type JsonObject, Problem } from "@formwright/model";
import { variablesOf } from "@formwright/rules";
import { decideAutomation, type Effect, type LogEntry } from "@formwright/steps";
import { sql } from "kysely";
import type { Context, Tx } from "../context.ts";
import { applyEffects } from "../effects/apply-effects.ts";
import { idsFrom } from "../effects/effect-ids.ts";
import { loadDecideContext } from "../process/decide-context.ts";
import { asSystem } from "../process/who.ts";

/** How long a chain of automations that set each other off may grow. */
export const MAX_DEPTH = 5;

export interface RunRequest {
  /** Equal for the same automation and cause: a second run with it does nothing. */
  readonly id: string;
  readonly automation: Automation;
  readonly entity: string;
  readonly recordId: string;
  readonly trigger: JsonObject;
  /** The run whose change set this one off; null when a person or the clock did. */
  readonly parent: string | null;
}

export type RunState = "done" | "skipped" | "failed";

/**
 * Runs an automation on a record and keeps the run: its trigger, what each step did, and what went wrong. Its effects
 * are applied together or not at all; a refusal (a required field stays empty, say) is kept as the run's error.
 */
export async function runAutomation(tx: Tx, ctx: Context, request: RunRequest): Promise<RunState> {
  const runs = sql.id(ctx.workspace.schema, "fw_run");
  const known = await sql`select 1 from ${runs} where id = ${request.id}`.execute(tx);
  if (known.rows.length > 0) return "skipped";
  const chain = [...(await chainOf(tx, ctx, request.parent)), request.automation.key];
  const ran = chain.length > MAX_DEPTH ? loop(chain) : await attempt(tx, ctx, request);
  if (ran) await keep(tx, ctx, request, chain, ran);
  return ran?.state ?? "skipped";
}

interface Ran {
  readonly state: RunState;
  readonly input: Json;
  readonly log: readonly LogEntry[];
  readonly effects: readonly Effect[];
  readonly error: string | null;
}

function loop(chain: readonly string[]): Ran {
  const error = `automations set each other off: ${chain.join(" → ")}; stopped after ${MAX_DEPTH}`;
  return { state: "failed", input: null, log: [], effects: [], error };
}

/** Null when there was nothing to do: the record is gone or the condition does not hold. */
async function attempt(tx: Tx, ctx: Context, request: RunRequest): Promise<Ran | null> {
  const { automation, recordId } = request;
  const entity = ctx.model.entities.get(request.entity);
  if (!entity) return null;
  const context = await loadDecideContext(tx, ctx, {
    entity,
    recordId,
    steps: [automation.steps],
    morePaths: automation.when === undefined ? [] : variablesOf(automation.when),
    me: null,
    newId: idsFrom(request.id),
  });
  if (!context || context.record.deleted_at) return null;
  const input = context.record as Json;
  await sql`savepoint automation`.execute(tx);
  try {
    const decided = decideAutomation(automation, context);
    if (!decided) return null;
    const system: Context = {
      ...asSystem(ctx, `automation ${automation.key}`, "automation"),
      requestId: runMark(request.id),
    };
    await applyEffects(tx, system, decided.effects, {
      entity: entity.key,
      recordId,
      label: automation.label,
      by: { is: "automation", key: automation.key, run: request.id },
    });
    return { state: "done", input, log: decided.log, effects: decided.effects, error: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // the database is away, say: the job is tried again
    await sql`rollback to savepoint automation`.execute(tx);
    const findings = error.errors.map((finding) => `${finding.pointer}: ${finding.message.en ?? finding.code}`);
    return { state: "failed", input, log: [], effects: [], error: [error.message, ...findings].join("\n") };
  }
}

async function keep(tx: Tx, ctx: Context, request: RunRequest, chain: readonly string[], ran: Ran): Promise<void> {
  await sql`
    insert into ${sql.id(ctx.workspace.schema, "fw_run")} (id, automation, release, entity, record_id, trigger, state, depth,
      parent, chain, input, steps, output, error, started_at)
    values (${request.id}, ${request.automation.key}, ${ctx.model.release}, ${request.entity}, ${request.recordId},
      ${JSON.stringify(request.trigger)}, ${ran.state}, ${chain.length}, ${request.parent}, ${[...chain]}::text[],
      ${JSON.stringify(ran.input)}, ${JSON.stringify(ran.log)}, ${JSON.stringify(ran.effects)}, ${ran.error}, ${ctx.now})
    on conflict (id) do nothing`.execute(tx);
}

async function chainOf(tx: Tx, ctx: Context, parent: string | null): Promise<readonly string[]> {
  if (parent === null) return [];
  const found = await sql<{ chain: string[] }>`
    select chain from ${sql.id(ctx.workspace.schema, "fw_run")} where id = ${parent}`.execute(tx);
  return found.rows[0]?.chain ?? [];
}

const MARK = "run:";

/** The request id of what a run writes: how its events name it. */
export function runMark(run: string): string {
  return MARK + run;
}

/** The run that wrote an event; null when none did. */
export function runOfMark(requestId: string | null): string | null {
  return requestId?.startsWith(MARK) ? requestId.slice(MARK.length) : null;
}
