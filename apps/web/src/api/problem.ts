import type { JsonObject } from "@formwright/model";

/** One finding of a refused request: where in what was sent, and why, in the reader's language. */
export interface ProblemError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  readonly severity?: "error" | "warning";
  readonly params?: JsonObject;
}

/** What the server said no to (RFC 9457), or that it could not be reached (status 0, code "offline"). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The last part of the problem's type, e.g. "invalid", "stale", "forbidden". */
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ProblemError[];
  readonly requestId: string | null;
  /** The whole body, for members that are special to one problem. */
  readonly body: JsonObject;

  constructor(status: number, body: JsonObject, requestId: string | null = null) {
    const detail = text(body.detail) || text(body.title) || `HTTP ${status}`;
    super(detail);
    this.status = status;
    this.code = text(body.code) || lastPart(text(body.type)) || "unknown";
    this.detail = detail;
    this.errors = parseErrors(body.errors);
    this.requestId = requestId ?? (text(body.requestId) || null);
    this.body = body;
  }

  static offline(cause: unknown): ApiProblem {
    const problem = new ApiProblem(0, { code: "offline", detail: "The server cannot be reached." });
    problem.cause = cause;
    return problem;
  }
}

/** True when the person gave up waiting: nothing to report. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

function parseErrors(value: unknown): readonly ProblemError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is ProblemError => typeof item === "object" && item !== null && typeof item.pointer === "string",
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lastPart(type: string): string {
  return type.slice(Math.max(type.lastIndexOf("/"), type.lastIndexOf("#"), type.lastIndexOf(":")) + 1);
}
