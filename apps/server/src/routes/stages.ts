import {
  addComment,
  approvalsOfRecord,
  stageStatus,
  startApproval,
  type TransitionInput,
  tickChecklist,
  transitionRecord,
} from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { expectedVersion, sendRecord } from "../http/versions.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { KEY } from "./schemas.ts";

type One = { Params: { entity: string; id: string } };

const COMMENT = { type: "string", maxLength: 10_000 } as const;

const TRANSITION = {
  type: "object",
  required: ["to"],
  additionalProperties: false,
  properties: { to: KEY, values: { type: "object", maxProperties: 1_000 }, comment: COMMENT, field: KEY },
} as const;

const WHICH_FIELD = { type: "object", additionalProperties: false, properties: { field: KEY } } as const;

const TICK = {
  type: "object",
  required: ["done"],
  additionalProperties: false,
  properties: { done: { type: "boolean" }, field: KEY },
} as const;

const TEXT = {
  type: "object",
  required: ["text"],
  additionalProperties: false,
  properties: { text: COMMENT },
} as const;

const START = {
  anyOf: [{ type: "null" }, { type: "object", additionalProperties: false, properties: { comment: COMMENT } }],
};

/** What happens with one record beside its values: stages, checklist, comments, approvals. */
export function stageRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.get<One & { Querystring: { field?: string } }>(
      "/records/:entity/:id/stage",
      { schema: { querystring: WHICH_FIELD } },
      (request) => {
        const { entity, id } = request.params;
        return stageStatus(db, contextOf(request), entity, id, request.query.field);
      },
    );

    server.post<One & { Body: Omit<TransitionInput, "version"> }>(
      "/records/:entity/:id/transition",
      { schema: { body: TRANSITION } },
      async (request, reply) => {
        const { entity, id } = request.params;
        const version = expectedVersion(request);
        const result = await transitionRecord(db, contextOf(request), entity, id, {
          ...request.body,
          ...(version !== null && { version }),
        });
        if (result.is === "moved") return sendRecord(reply, result);
        return reply.code(202).send({ approval: result.instance });
      },
    );

    server.post<{ Params: { entity: string; id: string; item: string }; Body: { done: boolean; field?: string } }>(
      "/records/:entity/:id/checklist/:item",
      { schema: { body: TICK } },
      async (request) => {
        const { entity, id, item } = request.params;
        const { done, field } = request.body;
        const context = contextOf(request);
        await tickChecklist(db, context, entity, id, item, { isDone: done, ...(field && { field }) });
        return stageStatus(db, context, entity, id, field);
      },
    );

    server.post<One & { Body: { text: string } }>(
      "/records/:entity/:id/comments",
      { schema: { body: TEXT } },
      async (request, reply) => {
        const { entity, id } = request.params;
        await addComment(db, contextOf(request), entity, id, request.body.text);
        return reply.code(201).send({});
      },
    );

    server.get<One>("/records/:entity/:id/approvals", async (request) => {
      const { entity, id } = request.params;
      return { items: await approvalsOfRecord(db, contextOf(request), entity, id) };
    });

    server.post<{ Params: { entity: string; id: string; key: string }; Body: { comment?: string } | null }>(
      "/records/:entity/:id/approvals/:key",
      { schema: { body: START } },
      async (request, reply) => {
        const { entity, id, key } = request.params;
        const context = contextOf(request);
        const instance = await startApproval(db, context, entity, id, key, request.body ?? {});
        reply.code(201).header("location", `/api/v1/w/${context.workspace.slug}/approvals/${instance}`);
        return { approval: instance };
      },
    );
  };
}
