import { listMails, listNotifications, markRead, readMail } from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { ID, PAGE } from "./schemas.ts";

const INBOX = {
  ...PAGE,
  properties: { ...PAGE.properties, unread: { type: "boolean" } },
} as const;

const READ = {
  anyOf: [
    { type: "null" },
    {
      type: "object",
      additionalProperties: false,
      properties: { ids: { anyOf: [{ const: "all" }, { type: "array", maxItems: 500, items: ID }] } },
    },
  ],
} as const;

/** The caller's inbox, and the mails of the workspace for its admins. */
export function notificationRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get<{ Querystring: { limit?: number; cursor?: string; unread?: boolean } }>(
      "/notifications",
      { schema: { querystring: INBOX } },
      (request) => {
        const { unread, ...page } = request.query;
        return listNotifications(db, contextOf(request), { ...page, ...(unread && { unreadOnly: true }) });
      },
    );

    server.post<{ Body: { ids?: readonly string[] | "all" } | null }>(
      "/notifications/read",
      { schema: { body: READ }, config: { repeatable: true } },
      async (request) => ({ unread: await markRead(db, contextOf(request), request.body?.ids ?? "all") }),
    );

    server.get<{ Querystring: { limit?: number; cursor?: string } }>(
      "/outbox",
      { schema: { querystring: { ...PAGE, properties: { ...PAGE.properties, cursor: ID } } } },
      (request) => listMails(db, contextOf(request), request.query),
    );

    server.get<{ Params: { id: string } }>("/outbox/:id", (request) => {
      if (!new RegExp(ID.pattern).test(request.params.id)) throw notFound();
      return readMail(db, contextOf(request), request.params.id);
    });
  };
}
