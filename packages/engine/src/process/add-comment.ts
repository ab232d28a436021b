import { Problem } from "@formwright/model";
import type { Context, Db, Tx } from "../context.ts";
import { appendEvent } from "../events/append-event.ts";
import { entityOf, readRecordData } from "../records/read-record.ts";
import { touchRecord } from "../timers/sync-timers.ts";
import { inTransaction } from "../writes/transaction.ts";
import { recordRights } from "./lock-record.ts";

/** The longest comment, in UTF-16 units. */
const MAX_LENGTH = 10_000;

/**
 * Writes a comment into the record's timeline. Whoever may read the record may comment on it.
 *
 * @throws Problem `notFound`, `invalid`
 */
export async function addComment(
  db: Db | Tx,
  ctx: Context,
  entityKey: string,
  id: string,
  text: string,
): Promise<void> {
  const entity = entityOf(ctx, entityKey);
  const comment = text.trim();
  if (comment.length === 0 || comment.length > MAX_LENGTH) throw wrongLength();
  await inTransaction(db, async (tx) => {
    await recordRights(tx, ctx, entity, id, false);
    await appendEvent(tx, ctx, { entity: entityKey, recordId: id, kind: "comment", data: { text: comment } });
    const record = await readRecordData(tx, ctx, entityKey, id);
    if (record) await touchRecord(tx, ctx, entityKey, id, record);
  });
}

function wrongLength(): Problem {
  const message = {
    en: `A comment has 1 to ${MAX_LENGTH} characters.`,
    "zh-CN": `评论长度为 1 至 ${MAX_LENGTH} 个字符。`,
  };
  return new Problem("invalid", message, {
    errors: [{ pointer: "/text", code: "length", message, severity: "error", params: { max: MAX_LENGTH } }],
  });
}
