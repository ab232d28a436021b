import { createHash } from "node:crypto";
import { type Context, visibleDefinitions } from "@formwright/engine";
import { FIELD_KINDS } from "@formwright/fields/model";
import { type Entity, type JsonObject, parseEntity } from "@formwright/model";
import { workspaceOpenApi } from "@formwright/model/api";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

/** What the caller may see of what is published. */
export function modelRoutes(_app: App): FastifyPluginAsync {
  return async (server) => {
    server.get("/model", async (request, reply) => {
      const context = contextOf(request);
      const member = context.actor.kind === "member" ? context.actor.member : null;
      const roles = createHash("sha256")
        .update(JSON.stringify([member?.roles, member?.isAdmin]))
        .digest("base64url");
      const etag = `"${context.model.release}-${roles.slice(0, 8)}"`;
      reply.header("etag", etag).header("cache-control", "private, no-cache");
      if (request.headers["if-none-match"] === etag) return reply.code(304).send();
      return {
        release: context.model.release,
        definitions: visibleDefinitions(context),
        workspace: {
          id: context.workspace.id,
          slug: context.workspace.slug,
          name: context.workspace.name,
          locale: context.workspace.locale,
          timeZone: context.workspace.timeZone,
        },
        member: member && {
          id: member.id,
          name: member.name,
          email: member.email,
          roles: member.roles,
          isAdmin: member.isAdmin,
          department: member.department,
          locale: member.locale,
          timeZone: member.timeZone,
        },
      };
    });

    server.get("/openapi.json", async (request) => openApiFor(contextOf(request)));
  };
}

/** The workspace's OpenAPI document with the entities and fields that the caller may read. */
function openApiFor(context: Context): JsonObject {
  const entities = visibleDefinitions(context).flatMap((definition): (readonly [string, Entity])[] => {
    const parsed = definition.kind === "entity" ? parseEntity(definition, FIELD_KINDS) : null;
    return parsed?.ok ? [[definition.key, parsed.value]] : [];
  });
  const model = { ...context.model, entities: new Map(entities) };
  const { name, slug } = context.workspace;
  return workspaceOpenApi(model, { title: name, base: `/api/v1/w/${slug}`, locale: context.locale });
}
