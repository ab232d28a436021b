import { createAccount, createWorkspace, isSetUp, lockByName } from "@formwright/engine";
import { type Locale, Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { App } from "../app.ts";
import { signIn } from "../sign-in/open-session.ts";
import { hashPassword, PASSWORD_SCHEMA } from "../sign-in/passwords.ts";
import { PRODUCT_VERSION } from "../start/product.ts";
import { WORKSPACE_SCHEMA } from "./workspaces.ts";

interface Setup {
  account: { name: string; email: string; password: string };
  workspace: { name: string; slug: string; timeZone?: string };
  locale?: Locale;
}

const SETUP = {
  type: "object",
  required: ["account", "workspace"],
  additionalProperties: false,
  properties: {
    account: {
      type: "object",
      required: ["name", "email", "password"],
      additionalProperties: false,
      properties: {
        name: { type: "string", minLength: 1, maxLength: 200, pattern: "\\S" },
        email: { type: "string", format: "email", maxLength: 320 },
        password: PASSWORD_SCHEMA,
      },
    },
    workspace: WORKSPACE_SCHEMA,
    locale: { enum: ["en", "zh-CN"] },
  },
} as const;

/** What the first page asks, and the first run. */
export function setupRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get("/status", async () => ({ setUp: await isSetUp(db), version: PRODUCT_VERSION }));

    server.post<{ Body: Setup }>(
      "/setup",
      {
        schema: { body: SETUP },
        config: { rateLimit: { max: 10, timeWindow: "1 minute" }, repeatable: true },
      },
      async (request, reply) => {
        const { account, workspace, locale = "en" } = request.body;
        if (await isSetUp(db)) throw alreadySetUp();
        const passwordHash = await hashPassword(account.password);
        const timeZone = workspace.timeZone ?? (locale === "zh-CN" ? "Asia/Shanghai" : "UTC");
        const owner = await db.transaction().execute(async (tx) => {
          // Two people who press the button at once: the second waits here and then finds it done.
          await lockByName(tx, "setup");
          if (await isSetUp(tx)) throw alreadySetUp();
          const made = await createAccount(tx, {
            id: uuidv7(),
            email: account.email,
            name: account.name.trim(),
            passwordHash,
            locale,
            timeZone,
          });
          await createWorkspace(tx, {
            slug: workspace.slug,
            name: workspace.name.trim(),
            locale,
            timeZone,
            account: made.id,
            member: { name: made.name, email: made.email },
            now: app.now().toISOString(),
          });
          return made;
        });
        reply.code(201);
        return signIn(app, db, owner, request, reply);
      },
    );
  };
}

function alreadySetUp(): Problem {
  return new Problem("conflict", {
    en: "This server is already set up. Sign in instead.",
    "zh-CN": "服务器已完成初始设置，请直接登录。",
  });
}
