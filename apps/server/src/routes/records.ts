import {
  checkListQuery,
  createRecord,
  deleteRecord,
  entityOf,
  getRecordJson,
  listRecordsJson,
  purgeRecord,
  type RecordInput,
  restoreRecord,
  updateRecord,
} from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { expectedVersion, sendJson, sendRecord } from "../http/versions.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import {
  LIST_BODY,
  LIST_TEXT,
  type ListBody,
  type ListText,
  readListBody,
  readListText,
  splitKeys,
} from "./list-query.ts";
import { RECORD_INPUT } from "./schemas.ts";

type Entity = { Params: { entity: string } };
type One = { Params: { entity: string; id: string } };

/** Records of an entity: lists and single ones. */
export function recordRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { reads, kysely: db } = app.database;

    server.get<Entity & { Querystring: ListText }>(
      "/records/:entity",
      { schema: { querystring: LIST_TEXT } },
      async (request, reply) => {
        const query = readListText(request.query);
        return sendJson(reply, await listRecordsJson(reads, contextOf(request), request.params.entity, query));
      },
    );

    server.post<Entity & { Body: ListBody }>(
      "/records/:entity/query",
      { schema: { body: LIST_BODY }, config: { repeatable: true } },
      async (request, reply) => {
        const query = readListBody(request.body);
        return sendJson(reply, await listRecordsJson(reads, contextOf(request), request.params.entity, query));
      },
    );

    server.post<Entity & { Body: RecordInput }>(
      "/records/:entity",
      { schema: { body: RECORD_INPUT } },
      async (request, reply) => {
        const context = contextOf(request);
        const { entity } = request.params;
        const made = await createRecord(db, context, entity, request.body);
        reply.code(201).header("location", `/api/v1/w/${context.workspace.slug}/records/${entity}/${made.id}`);
        return sendRecord(reply, made);
      },
    );

    server.get<One & { Querystring: { fields?: string; expand?: string; deleted?: boolean } }>(
      "/records/:entity/:id",
      { schema: { querystring: ONE_TEXT } },
      async (request, reply) => {
        const { fields, expand, deleted } = request.query;
        const context = contextOf(request);
        const parts = {
          ...(fields !== undefined && { fields: splitKeys(fields) }),
          ...(expand !== undefined && { expand: splitKeys(expand) }),
        };
        checkListQuery(context, entityOf(context, request.params.entity), parts);
        const record = await getRecordJson(reads, context, request.params.entity, request.params.id, {
          ...parts,
          ...(deleted && { withDeleted: true }),
        });
        return sendRecord(reply, record);
      },
    );

    server.patch<One & { Body: RecordInput }>(
      "/records/:entity/:id",
      { schema: { body: RECORD_INPUT } },
      async (request, reply) => {
        const { entity, id } = request.params;
        const version = expectedVersion(request);
        const options = version === null ? {} : { version };
        return sendRecord(reply, await updateRecord(db, contextOf(request), entity, id, request.body, options));
      },
    );

    server.delete<One & { Querystring: { purge?: boolean } }>(
      "/records/:entity/:id",
      { schema: { querystring: PURGE } },
      async (request, reply) => {
        const { entity, id } = request.params;
        const version = expectedVersion(request);
        if (request.query.purge) await purgeRecord(db, contextOf(request), entity, id);
        else await deleteRecord(db, contextOf(request), entity, id, version === null ? {} : { version });
        return reply.code(204).send();
      },
    );

    server.post<One>("/records/:entity/:id/restore", async (request, reply) => {
      const { entity, id } = request.params;
      return sendRecord(reply, await restoreRecord(db, contextOf(request), entity, id));
    });
  };
}

/** `?purge=true` takes a record out of the recycle bin for good. */
const PURGE = {
  type: "object",
  additionalProperties: false,
  properties: { purge: { type: "boolean" } },
} as const;

const ONE_TEXT = {
  type: "object",
  additionalProperties: false,
  properties: {
    fields: LIST_TEXT.properties.fields,
    expand: LIST_TEXT.properties.expand,
    deleted: { type: "boolean" },
  },
} as const;
