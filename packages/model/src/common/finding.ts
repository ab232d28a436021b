import { type FindingCode, findingMessage } from "./finding-messages.ts";
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

/**
 * A finding with the words of its code.
 *
 * @param code one of the codes of docs/problems.md
 * @param pointer JSON Pointer into the document; "" is the document itself
 * @param params figures and names for its words
 */
export function finding(code: FindingCode, pointer: string, params?: JsonObject): Finding {
  return { pointer, code, message: findingMessage(code, params), severity: "error", ...(params && { params }) };
}

/** The same as a warning: worth a look, but nothing is refused. */
export function warning(code: FindingCode, pointer: string, params?: JsonObject): Finding {
  return { ...finding(code, pointer, params), severity: "warning" };
}

/** One more token of a JSON Pointer (RFC 6901). */
export function pointerTo(pointer: string, ...tokens: readonly (string | number)[]): string {
  return tokens.reduce<string>(
    (path, token) => `${path}/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    pointer,
  );
}

/** The findings with their pointers moved below `pointer`. */
export function findingsAt(pointer: string, findings: readonly Finding[]): Finding[] {
  return findings.map((one) => ({ ...one, pointer: pointer + one.pointer }));
}

/** True when none of the findings is an error. */
export function isClean(findings: readonly Finding[]): boolean {
  return findings.every((one) => one.severity !== "error");
}
