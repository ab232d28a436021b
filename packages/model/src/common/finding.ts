import type { JsonObject } from "./json.ts";
import type { LocalText } from "./text.ts";

/**
 * Something wrong (or worth a look) in a document that someone wrote. A value, never thrown.
 * `pointer` is a JSON Pointer (RFC 6901) into that document; `code` is stable and listed in docs/problems.md.
 */
export interface Finding {
  readonly pointer: string;
  readonly code: string;
  readonly message: LocalText;
  readonly severity: "error" | "warning";
  /** Figures and names that the message was made from, for programs. */
  readonly params?: JsonObject;
}

/** The outcome of parsing: a value with its warnings, or the findings that prevented it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };
