import { createWorkspace, findAccount, membershipsOf } from "@formwright/engine";
import { finding, Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import { IANAZone } from "luxon";
import type { App } from "../app.ts";
import { INVALID } from "../http/validation.ts";
import { unauthenticated } from "../sign-in/access-tokens.ts";
import { bearerOf, requireBearer } from "../sign-in/bearer.ts";

interface NewWorkspace {
  name: string;
  slug: string;
  locale?: "en" | "zh-CN";
  timeZone?: string;
}

export const WORKSPACE_SCHEMA = {
  type: "object",
  required: ["name", "slug"],
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 200, pattern: "\\S" },
    slug: { type: "string", pattern: "^[a-z][a-z0-9-]{1,38}[a-z0-9]$" },
    timeZone: { type: "string", maxLength: 60 },
  },
} as const;

const NEW = {
  ...WORKSPACE_SCHEMA,
  properties: { ...WORKSPACE_SCHEMA.properties, locale: { enum: ["en", "zh-CN"] } },
} as const;

/** The workspaces that the account may enter, and a new one of its own. */
export function workspaceListRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;
    server.addHook("onRequest", requireBearer(app));

    server.get("/workspaces", async (request) => {
      const memberships = await membershipsOf(db, bearerOf(request).account);
      return {
        items: memberships.map(({ workspace: { schema: _, ...workspace }, memberId }) => ({
          ...workspace,
          member: memberId,
        })),
      };
    });

    server.post<{ Body: NewWorkspace }>("/workspaces", { schema: { body: NEW } }, async (request, reply) => {
      const { name, slug, timeZone } = request.body;
      refuseUnknownZone(timeZone, "/timeZone");
      const owner = await findAccount(db, bearerOf(request).account);
      if (owner?.state !== "active") throw unauthenticated();
      const made = await db.transaction().execute((tx) =>
        createWorkspace(tx, {
          slug,
          name: name.trim(),
          locale: request.body.locale ?? (owner.locale === "zh-CN" ? "zh-CN" : "en"),
          timeZone: timeZone ?? owner.timeZone,
          account: owner.id,
          member: { name: owner.name, email: owner.email },
          now: app.now().toISOString(),
        }),
      );
      const { schema: _, ...workspace } = made.workspace;
      return reply
        .code(201)
        .header("location", `/api/v1/w/${slug}`)
        .send({ ...workspace, member: made.memberId });
    });
  };
}

export function refuseUnknownZone(timeZone: string | undefined, pointer: string): void {
  if (timeZone === undefined || IANAZone.isValidZone(timeZone)) return;
  throw new Problem("invalid", INVALID, { errors: [finding("format", pointer, { format: "IANA time zone" })] });
}
