import { discardDraft, planDraft, publishDraft, putDraft, readDraft, retireInDraft } from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

type One = { Params: { kind: string; key: string } };

/** The definition's own schema says what is wrong with it, with pointers; here it only has to be an object. */
const DEFINITION = { type: "object" } as const;
/** 500 fields with labels in two languages and long choice lists. */
const DEFINITION_LIMIT = 4_194_304;

const RETIRE = { type: "object", additionalProperties: false, properties: { retire: { type: "boolean" } } } as const;

const PUBLISH = {
  type: "object",
  additionalProperties: false,
  properties: {
    message: { type: "string", maxLength: 2_000 },
    checksum: { type: "string", maxLength: 100 },
  },
} as const;

/** What admins change before anybody sees it: edit, plan, publish. */
export function draftRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get("/draft", (request) => readDraft(db, contextOf(request)));

    server.put<One & { Body: unknown }>(
      "/draft/:kind/:key",
      { schema: { body: DEFINITION }, bodyLimit: DEFINITION_LIMIT },
      (request) => putDraft(db, contextOf(request), request.params.kind, request.params.key, request.body),
    );

    server.delete<One & { Querystring: { retire?: boolean } }>(
      "/draft/:kind/:key",
      { schema: { querystring: RETIRE } },
      async (request, reply) => {
        const { kind, key } = request.params;
        if (request.query.retire) await retireInDraft(db, contextOf(request), kind, key);
        else await discardDraft(db, contextOf(request), kind, key);
        return reply.code(204).send();
      },
    );

    server.delete("/draft", async (request, reply) => {
      await discardDraft(db, contextOf(request));
      return reply.code(204).send();
    });

    server.post("/draft/plan", { config: { repeatable: true } }, (request) => planDraft(db, contextOf(request)));

    server.post<{ Body: { message?: string; checksum?: string } }>(
      "/draft/publish",
      { schema: { body: PUBLISH } },
      async (request) => {
        const context = contextOf(request);
        const { message = "", checksum } = request.body;
        const published = await publishDraft(db, context, { message, ...(checksum !== undefined && { checksum }) });
        app.released(context.workspace);
        return published;
      },
    );
  };
}
