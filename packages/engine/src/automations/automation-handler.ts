import type { JobHandler } from "../jobs/run-job.ts";
import { runAutomation, runOfMark } from "./run-automation.ts";

/** A job that an event caused. An automation that was switched off or removed meanwhile does nothing. */
export const automationHandler: JobHandler = async (tx, ctx, job) => {
  const { automation: key, entity, record, event, on, request } = job.payload;
  const automation = ctx.model.automations.get(String(key));
  if (!automation?.enabled) return null;
  await runAutomation(tx, ctx, {
    id: job.id,
    automation,
    entity: String(entity),
    recordId: String(record),
    trigger: { on: on ?? null, event: event ?? null },
    parent: runOfMark(typeof request === "string" ? request : null),
  });
  return null;
};
