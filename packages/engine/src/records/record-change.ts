import type { Json } from "@formwright/model";

/**
 * A record's values by key, flat as rules read them: fields and system fields (`owner`, `created_at`, `<stage>_since`).
 * Numbers come as JSON numbers, dates and times as ISO text, references as ids, subforms as arrays of row values.
 */
export type RecordData = { readonly [key: string]: Json };

export type RecordChangeKind = "created" | "updated" | "moved" | "deleted" | "restored" | "purged";

/** What one write did to one record; handed to the process part inside the same transaction. */
export interface RecordChange {
  readonly kind: RecordChangeKind;
  readonly entity: string;
  readonly id: string;
  /** Null for a new record. */
  readonly before: RecordData | null;
  /** Null for a purged record. */
  readonly after: RecordData | null;
  /** Keys whose value differs; system columns that change with every write are left out. */
  readonly changed: readonly string[];
}
