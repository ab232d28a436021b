export { appendEvent, type NewEvent } from "./append-event.ts";
export { ensureEventPartitions } from "./event-partitions.ts";
export { type History, type HistoryEvent, historyOf, titlesOf } from "./read-history.ts";
