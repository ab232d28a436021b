import type { Context, Tx } from "../context.ts";
import type { RecordChange } from "../records/record-change.ts";

/** Called by the record writer after each change, in its transaction. */
export async function afterRecordChange(_tx: Tx, _ctx: Context, _change: RecordChange): Promise<void> {}
