export { appendEvent, type NewEvent } from "./append-event.ts";
export { ensureEventPartitions } from "./event-partitions.ts";
