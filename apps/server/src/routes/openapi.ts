import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { platformDocument } from "../openapi/platform-document.ts";

/** The API described for programs: OpenAPI 3.1, made from the routes that there are. */
export function openapiRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get("/openapi.json", async () => platformDocument(app.catalog, app.settings.publicUrl));
  };
}
