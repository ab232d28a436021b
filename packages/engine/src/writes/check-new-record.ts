import type { Finding } from "@formwright/model";
import type { Context } from "../context.ts";
import { entityOf } from "../records/read-record.ts";
import { prepareCreate, type RecordInput, type WriteOptions } from "./write-input.ts";

/**
 * What creating this record would refuse, as far as that can be known without the database: unknown and hidden fields,
 * missing and wrong values. Unique values and references are left to the write.
 *
 * @throws Problem `notFound` when there is no such entity
 */
export function checkNewRecord(
  ctx: Context,
  entityKey: string,
  input: RecordInput,
  options: WriteOptions = {},
): readonly Finding[] {
  return prepareCreate(ctx, entityOf(ctx, entityKey), input, options).findings;
}
