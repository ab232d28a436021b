import type { JsonObject } from "@formwright/model";
import { ApiProblem, isAbort } from "./problem.ts";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  /** Sent as JSON; a FormData or Blob goes as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** The version that the change was made on; the server answers 412 when somebody was faster. */
  readonly ifMatch?: number | string;
  /** One key per intention, kept over retries. A POST without one gets its own; false for a POST that changes nothing. */
  readonly idempotencyKey?: string | false;
  /** False for the sign-in routes themselves: no token is sent and a 401 is an answer, not a reason to refresh. */
  readonly authenticated?: boolean;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly data: T;
  readonly etag: string | null;
}

/** Gives and renews the access token; see session/session-store. */
export interface TokenSource {
  current(): string | null;
  /** A new token, or null when the person has to sign in again. Called once for any number of refused requests. */
  refresh(): Promise<string | null>;
}

export interface ClientSettings {
  readonly fetch: typeof fetch;
  readonly tokens: TokenSource;
  readonly locale: () => string;
  /** Called when a request was refused for good for want of a session. */
  readonly onSignedOut: () => void;
  readonly newKey?: () => string;
}

export interface ApiClient {
  send<T>(method: string, path: string, options?: RequestOptions): Promise<ApiAnswer<T>>;
  /** The response itself: for streams and downloads. Throws {@link ApiProblem} like the others. */
  open(method: string, path: string, options?: RequestOptions): Promise<Response>;
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  patch<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  delete<T>(path: string, options?: RequestOptions): Promise<T>;
}

export const API_BASE = "/api/v1";

/**
 * The one way from the screens to the server. Adds the token, renews it once for all requests that meet a 401 at the
 * same time, gives every POST an Idempotency-Key, and throws {@link ApiProblem} for every answer that is not 2xx.
 */
export function createClient(settings: ClientSettings): ApiClient {
  const newKey = settings.newKey ?? (() => randomKey());
  let refreshing: Promise<string | null> | null = null;

  const refreshOnce = (): Promise<string | null> => {
    refreshing ??= settings.tokens.refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  const attempt = async (method: string, path: string, options: RequestOptions, token: string | null, key?: string) => {
    const headers = new Headers(options.headers);
    headers.set("Accept-Language", settings.locale());
    if (!headers.has("Accept")) headers.set("Accept", "application/json, application/problem+json");
    // The history says through which screen a change came.
    if (method !== "GET" && !headers.has("X-Door")) headers.set("X-Door", "form");
    if (token !== null) headers.set("Authorization", `Bearer ${token}`);
    if (key !== undefined) headers.set("Idempotency-Key", key);
    if (options.ifMatch !== undefined) headers.set("If-Match", `"${options.ifMatch}"`);
    const body = encodeBody(options.body, headers);
    try {
      return await settings.fetch(`${API_BASE}${path}${queryString(options.query)}`, {
        method,
        headers,
        credentials: "same-origin",
        ...(body === undefined ? {} : { body }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (error) {
      throw isAbort(error) ? error : ApiProblem.offline(error);
    }
  };

  const open = async (method: string, path: string, options: RequestOptions = {}): Promise<Response> => {
    const authenticated = options.authenticated !== false;
    const wanted = options.idempotencyKey;
    const key = method === "POST" && wanted !== false ? (wanted ?? newKey()) : undefined;
    let token = authenticated ? (settings.tokens.current() ?? (await refreshOnce())) : null;
    let response = await attempt(method, path, options, token, key);
    if (response.status === 401 && authenticated) {
      const before = token;
      const now = settings.tokens.current();
      token = now !== null && now !== before ? now : await refreshOnce();
      if (token !== null) response = await attempt(method, path, options, token, key);
      if (response.status === 401) settings.onSignedOut();
    }
    if (!response.ok) throw await readProblem(response);
    return response;
  };

  const send = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<ApiAnswer<T>> => {
    const response = await open(method, path, options);
    const raw = response.status === 204 ? "" : await response.text();
    return {
      status: response.status,
      data: (raw === "" ? null : JSON.parse(raw)) as T,
      etag: response.headers.get("etag"),
    };
  };

  const dataOf = async <T>(method: string, path: string, options?: RequestOptions): Promise<T> =>
    (await send<T>(method, path, options)).data;

  return {
    send,
    open,
    get: (path, options) => dataOf("GET", path, options),
    post: (path, body, options) => dataOf("POST", path, { ...options, body: body ?? {} }),
    put: (path, body, options) => dataOf("PUT", path, { ...options, body }),
    patch: (path, body, options) => dataOf("PATCH", path, { ...options, body }),
    delete: (path, options) => dataOf("DELETE", path, options),
  };
}

/** `?a=1&b=x` without the parameters that are null or undefined; empty when none is left. */
export function queryString(query: Query | undefined): string {
  if (!query) return "";
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) params.set(name, String(value));
  }
  const encoded = params.toString();
  return encoded === "" ? "" : `?${encoded}`;
}

/** A path from parts that are encoded each: `path("w", ws, "records", entity)`. */
export function path(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}

function encodeBody(body: unknown, headers: Headers): BodyInit | undefined {
  if (body === undefined) return undefined;
  if (body instanceof FormData || body instanceof Blob) return body;
  headers.set("Content-Type", "application/json");
  return JSON.stringify(body);
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get("x-request-id");
  const raw = await response.text().catch(() => "");
  return new ApiProblem(response.status, parseObject(raw), requestId);
}

function parseObject(raw: string): JsonObject {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
