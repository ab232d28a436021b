export { consumeEvents } from "./consume-events.ts";
export { type AutomationRun, type ListRunsOptions, listRuns } from "./list-runs.ts";
export { MAX_DEPTH } from "./run-automation.ts";
