import type { Json, JsonObject } from "@formwright/model";

/** A record as the API sends it. */
export interface WireRecord {
  readonly id: string;
  readonly version: number;
  readonly values: { readonly [field: string]: Json };
  readonly refs: { readonly [field: string]: { readonly id: string; readonly title: string } | null };
  readonly owner: string | null;
}

export interface WireList {
  readonly items: readonly WireRecord[];
  readonly nextCursor: string | null;
  readonly count?: { readonly value: number; readonly exact: boolean };
}

/** Speaks the HTTP API as one person, as a script would. Answers other than 2xx are thrown with their body. */
export interface Api {
  readonly url: string;
  readonly workspace: string;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same below `/w/<workspace>`. */
  inWorkspace<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Every record of an entity that matches, over all pages. */
  all(entity: string, query?: JsonObject): Promise<readonly WireRecord[]>;
  create(entity: string, values: JsonObject): Promise<WireRecord>;
}

export interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

interface SignedIn {
  readonly accessToken: string;
}

/** The first run: account and workspace. Gives the API as that account. */
export async function setUp(
  url: string,
  account: Account,
  workspace: { readonly name: string; readonly slug: string },
  locale: "en" | "zh-CN",
): Promise<Api> {
  const { accessToken } = await request<SignedIn>(url, null, "POST", "/setup", { account, workspace, locale });
  return apiAs(url, workspace.slug, accessToken);
}

/** Signs in. */
export async function signIn(url: string, workspace: string, account: Omit<Account, "name">): Promise<Api> {
  const { email, password } = account;
  const { accessToken } = await request<SignedIn>(url, null, "POST", "/auth/login", { email, password });
  return apiAs(url, workspace, accessToken);
}

function apiAs(url: string, workspace: string, token: string): Api {
  const call = <T>(method: string, path: string, body?: unknown) => request<T>(url, token, method, path, body);
  const inWorkspace = <T>(method: string, path: string, body?: unknown) =>
    call<T>(method, `/w/${workspace}${path}`, body);
  return {
    url,
    workspace,
    call,
    inWorkspace,
    async all(entity, query = {}) {
      const records: WireRecord[] = [];
      let cursor: string | null = null;
      do {
        const body: JsonObject = { limit: 500, ...query, ...(cursor && { cursor }) };
        const page: WireList = await inWorkspace("POST", `/records/${entity}/query`, body);
        records.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return records;
    },
    create: (entity, values) => inWorkspace<WireRecord>("POST", `/records/${entity}`, { values }),
  };
}

async function request<T>(url: string, token: string | null, method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status}\n${text}`);
  return (text === "" ? null : JSON.parse(text)) as T;
}
