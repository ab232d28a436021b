import { isUnlimited, readDefinitions } from "@formwright/engine";
import { Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

/** Everything that is live, as it is stored: for designers and scripts of admins. */
export function definitionRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get("/definitions", async (request) => {
      const context = contextOf(request);
      if (!isUnlimited(context)) {
        throw new Problem("forbidden", { en: "Only an admin can do this.", "zh-CN": "只有管理员可以执行此操作。" });
      }
      const { release } = context.model;
      const definitions = await readDefinitions(app.database.kysely, context.workspace.schema, release);
      return { release, definitions };
    });
  };
}
