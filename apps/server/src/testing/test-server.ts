import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@formwright/database";
import { migratePlatform } from "@formwright/engine";
import type { FastifyInstance, InjectOptions } from "fastify";
import { buildServer } from "../build-server.ts";
import { parseSettings } from "../settings.ts";

export interface TestServer {
  readonly server: FastifyInstance;
  readonly dataDir: string;
  /** The first account, an admin of workspace `acme`. */
  readonly admin: Caller;
  /** A caller with the given access token; null for nobody. */
  caller(token: string | null): Caller;
  /** Another account, made by setup's way: a member of `acme` with these roles, invited and accepted. */
  invite(name: string, roles: readonly string[]): Promise<Caller & { readonly member: string }>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came.
  readonly body: any;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
}

export interface Caller {
  readonly token: string | null;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
}

export const PASSWORD = "correct horse";

/** A server over an empty database, set up with one account and the workspace `acme`. The database stays the caller's. */
export async function startTestServer(
  database: Database,
  options: {
    readonly onChange?: (workspace: string) => void;
    readonly now?: () => Date;
    readonly dataDir?: string;
  } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "fw-server-"));
  await migratePlatform(database.kysely);
  const { server } = await buildServer({
    database,
    settings: parseSettings({ DATA_DIR: dataDir }),
    jwtSecret: "a secret that is long enough for the tests",
    isRateLimited: false,
    ...options,
  });
  const caller = (token: string | null) => callerOf(server, token);
  const made = await caller(null).post("/setup", {
    account: { name: "Ann", email: "ann@example.com", password: PASSWORD },
    workspace: { name: "Acme", slug: "acme" },
    locale: "en",
  });
  if (made.status !== 201) throw new Error(`setup failed: ${made.text}`);
  const admin = caller(made.body.accessToken);
  return {
    server,
    dataDir,
    admin,
    caller,
    invite: async (name, roles) => {
      const email = `${name.toLowerCase()}@example.com`;
      const values = { name, email, ...(roles.length > 0 && { roles }) };
      const { body: member, text: made } = await admin.post("/w/acme/records/member", { values });
      if (!member.id) throw new Error(`the member was refused: ${made}`);
      const { body: invitation } = await admin.post(`/w/acme/members/${member.id}/invitation`);
      const token = String(invitation.link).split("/").at(-1);
      const { body, text } = await caller(null).post(`/invitations/${token}`, { password: PASSWORD });
      if (!body.accessToken) throw new Error(`the invitation failed: ${text}`);
      return { ...caller(body.accessToken), member: member.id };
    },
    close: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function callerOf(server: FastifyInstance, token: string | null): Caller {
  const send: Caller["send"] = async (method, path, body, headers = {}) => {
    const answer = await server.inject({
      method: method as NonNullable<InjectOptions["method"]>,
      url: `/api/v1${path}`,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as NonNullable<InjectOptions["payload"]> }),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body: String(answer.headers["content-type"]).includes("json") ? answer.json() : null,
      cookies: answer.cookies,
    };
  };
  return {
    token,
    send,
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
    patch: (path, body, headers) => send("PATCH", path, body, headers),
    put: (path, body, headers) => send("PUT", path, body, headers),
    delete: (path, headers) => send("DELETE", path, undefined, headers),
  };
}

const ENTITY = {
  kind: "entity",
  key: "deal",
  label: { en: "Deal", "zh-CN": "交易" },
  titleField: "name",
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: { "x-field": "text", "x-label": { en: "Name", "zh-CN": "名称" } },
      code: { "x-field": "text", "x-unique": true, "x-label": { en: "Code", "zh-CN": "编码" } },
      amount: {
        "x-field": "money",
        "x-options": { currency: "CNY", scale: 2 },
        "x-label": { en: "Amount", "zh-CN": "金额" },
      },
      day: { "x-field": "date", "x-label": { en: "Day", "zh-CN": "日期" } },
      level: {
        "x-field": "select",
        "x-label": { en: "Level", "zh-CN": "级别" },
        "x-options": {
          choices: [
            { value: "gold", label: { en: "Gold level", "zh-CN": "金牌" } },
            { value: "silver", label: { en: "Silver level", "zh-CN": "银牌" } },
          ],
        },
      },
      parent: { "x-field": "reference", "x-options": { entity: "deal" }, "x-label": { en: "Parent", "zh-CN": "上级" } },
    },
  },
  fieldOrder: ["name", "code", "amount", "day", "level", "parent"],
};

const SELLER = {
  kind: "role",
  key: "seller",
  admin: false,
  label: { en: "Seller", "zh-CN": "销售" },
  entities: {
    deal: { actions: { create: "all", read: "own", update: "own" }, fields: { amount: "hidden" } },
  },
};

/** Publishes the entity `deal` and the role `seller` (own deals, no amounts). */
export async function publishDeals(admin: Caller, workspace = "acme"): Promise<void> {
  for (const definition of [ENTITY, SELLER]) {
    const put = await admin.put(`/w/${workspace}/draft/${definition.kind}/${definition.key}`, definition);
    if (put.status !== 200) throw new Error(`the draft was refused: ${put.text}`);
  }
  const published = await admin.post(`/w/${workspace}/draft/publish`, { message: "deals" });
  if (published.status !== 200) throw new Error(`publishing failed: ${published.text}`);
}

/** A multipart body with one file. */
export async function fileBody(content: Buffer | string, name: string): Promise<{ body: Buffer; type: string }> {
  const form = new FormData();
  form.append("file", new Blob([content]), name);
  const response = new Response(form);
  return { body: Buffer.from(await response.arrayBuffer()), type: response.headers.get("content-type") ?? "" };
}
