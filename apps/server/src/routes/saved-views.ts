import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  type SavedViewInput,
  updateSavedView,
} from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { KEY } from "./schemas.ts";

const CHANGEABLE = {
  name: { type: "string", minLength: 1, maxLength: 200, pattern: "\\S" },
  shared: { type: "boolean" },
  definition: { type: "object" },
} as const;

const NEW = {
  type: "object",
  required: ["entity", "name", "definition"],
  additionalProperties: false,
  properties: { ...CHANGEABLE, entity: KEY, view: { anyOf: [KEY, { type: "null" }] } },
} as const;

const CHANGE = { type: "object", additionalProperties: false, properties: CHANGEABLE } as const;
const WHICH = { type: "object", additionalProperties: false, properties: { entity: KEY } } as const;

/** Ways to look at a list that people keep for themselves or share. */
export function savedViewRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get<{ Querystring: { entity?: string } }>(
      "/saved-views",
      { schema: { querystring: WHICH } },
      async (request) => ({
        items: await listSavedViews(db, contextOf(request), request.query.entity),
      }),
    );

    server.post<{ Body: SavedViewInput }>("/saved-views", { schema: { body: NEW } }, async (request, reply) =>
      reply.code(201).send(await createSavedView(db, contextOf(request), request.body)),
    );

    server.patch<{ Params: { id: string }; Body: Partial<SavedViewInput> }>(
      "/saved-views/:id",
      { schema: { body: CHANGE } },
      (request) => updateSavedView(db, contextOf(request), request.params.id, request.body),
    );

    server.delete<{ Params: { id: string } }>("/saved-views/:id", async (request, reply) => {
      await deleteSavedView(db, contextOf(request), request.params.id);
      return reply.code(204).send();
    });
  };
}
