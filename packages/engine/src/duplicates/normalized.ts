import { type RawBuilder, sql } from "kysely";

/** Text as duplicates are compared by: without case, spaces and punctuation. Immutable, so that an index can hold it. */
export function normalized(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`regexp_replace(lower(${text}), '[[:space:][:punct:]]+', '', 'g')`;
}
