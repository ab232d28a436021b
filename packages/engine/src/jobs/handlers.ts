import { automationHandler } from "../automations/automation-handler.ts";
import { mailHandler } from "../notifications/mails.ts";
import { timerHandler } from "../timers/timer-handler.ts";
import type { JobHandler } from "./run-job.ts";

/** What each kind of job does. A kind that is not here fails visibly; servers may bring handlers of their own. */
export const JOB_HANDLERS: { readonly [kind: string]: JobHandler } = {
  timer: timerHandler,
  automation: automationHandler,
  mail: mailHandler,
};
