import type { Context, Door } from "@formwright/engine";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { localeOfHeader } from "../http/locale.ts";
import { unauthenticated } from "./access-tokens.ts";

/** Doors that a client may name in `X-Door`, so that the history says through which screen a change came. */
const DOORS: ReadonlySet<string> = new Set<Door>(["form", "board", "bulk", "api"]);

/** Below this, every request has a member of the workspace in its address: `contextOf(request)` says who acts. */
export function workspaceScope(server: FastifyInstance, app: App): void {
  server.addHook("onRequest", async (request) => {
    const bearer = app.tokens.verify(request.headers.authorization);
    request.bearer = bearer;
    const door = String(request.headers["x-door"] ?? "api");
    const context = await app.members.contextOf({
      account: bearer.account,
      workspace: (request.params as { ws: string }).ws,
      door: DOORS.has(door) ? (door as Door) : "api",
      requestId: request.id,
      locale: localeOfHeader(request.headers["accept-language"]),
    });
    request.context = context;
    if (context.actor.kind === "member") request.memberLocale = context.actor.member.locale;
  });
  // Who is who may have changed: forgotten before the answer leaves, so that the next request sees it.
  server.addHook("onSend", async (request, reply, payload) => {
    const { entity } = request.params as { entity?: string };
    const isDirectory = entity === "member" || entity === "department";
    if (request.method !== "GET" && reply.statusCode < 300 && isDirectory && request.context) {
      app.members.forget(request.context.workspace.slug);
    }
    return payload;
  });
  server.addHook("onResponse", async (request, reply) => {
    if (request.method !== "GET" && reply.statusCode < 300 && request.context) {
      app.changed(request.context.workspace.slug);
    }
  });
}

/** Who acts in which workspace, behind {@link workspaceScope}. */
export function contextOf(request: FastifyRequest): Context {
  if (!request.context) throw unauthenticated();
  return request.context;
}

declare module "fastify" {
  interface FastifyRequest {
    context: Context | null;
  }
}
