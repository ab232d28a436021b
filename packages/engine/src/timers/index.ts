export { backfillTimers } from "./backfill-timers.ts";
export { syncTimers, touchRecord } from "./sync-timers.ts";
export { after, dateTimerAt } from "./timer-time.ts";
