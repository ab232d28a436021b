import type { JsonObject } from "@formwright/model";
import type { FastifyInstance, RouteOptions } from "fastify";

/** A route as its schemas describe it. */
export interface CatalogEntry {
  readonly method: string;
  /** As OpenAPI writes it: `/records/{entity}`. */
  readonly path: string;
  readonly query: JsonObject | null;
  readonly body: JsonObject | null;
  readonly isUpload: boolean;
}

/** Remembers every route of the API as it is added, so that the documentation cannot lag behind. */
export function catalogRoutes(server: FastifyInstance): CatalogEntry[] {
  const entries: CatalogEntry[] = [];
  server.addHook("onRoute", (route: RouteOptions) => {
    if (!route.url.startsWith("/api/")) return;
    for (const method of ([] as string[]).concat(route.method)) {
      if (method === "HEAD" || method === "OPTIONS") continue;
      entries.push({
        method: method.toLowerCase(),
        path: route.url.replace(/:(\w+)/g, "{$1}"),
        query: withoutNothing(route.schema?.querystring),
        body: withoutNothing(route.schema?.body),
        isUpload: route.config?.takesAnyBody === true,
      });
    }
  });
  return entries;
}

function withoutNothing(schema: unknown): JsonObject | null {
  const object = schema as (JsonObject & { properties?: object }) | undefined;
  return object?.properties === undefined && object?.anyOf === undefined ? null : (object ?? null);
}
