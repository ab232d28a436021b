import type { Finding } from "./finding.ts";
import type { JsonObject } from "./json.ts";
import type { LocalText } from "./text.ts";

/** Codes of problems that a caller can meet; each has a page section in docs/problems.md. */
export type ProblemCode =
  | "invalid" // 422: the input has findings
  | "unauthenticated" // 401
  | "forbidden" // 403
  | "notFound" // 404
  | "conflict" // 409: a state does not allow this, e.g. a unique value is taken
  | "stale" // 412: somebody changed it first
  | "tooLarge" // 413
  | "unsupported" // 415
  | "tooMany" // 429
  | "malformed" // 400: not JSON at all, a broken token, a bad cursor
  | "unavailable"; // 503

export const PROBLEM_STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  stale: 412,
  tooLarge: 413,
  unsupported: 415,
  tooMany: 429,
  malformed: 400,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;

/**
 * A refusal that travels up to the caller: thrown by the engine, presented by the server as RFC 9457.
 * `detail` is for people, in both languages; `errors` holds every finding; `extra` is merged into the body.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: LocalText;
  readonly errors: readonly Finding[];
  readonly extra: JsonObject;
  override readonly name = "Problem";

  constructor(code: ProblemCode, detail: LocalText, options: { errors?: readonly Finding[]; extra?: JsonObject } = {}) {
    super(detail.en ?? code);
    this.code = code;
    this.detail = detail;
    this.errors = options.errors ?? [];
    this.extra = options.extra ?? {};
  }
}
