import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { EventStream } from "../live/event-stream.ts";
import { ACCESS_LIFETIME } from "../sign-in/access-tokens.ts";
import { bearerOf } from "../sign-in/bearer.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

/** What happens in the workspace, as it happens: `record`, `notification`, `release`, `job`. */
export function eventRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get("/events", async (request, reply) => {
      const context = contextOf(request);
      const { account, session } = bearerOf(request);
      const member = context.actor.kind === "member" ? context.actor.member.id : "";
      const stream = new EventStream(reply, ACCESS_LIFETIME * 1000);
      await app.live.watch(context, { stream, account, session, member });
    });
  };
}
