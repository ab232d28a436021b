import {
  createRecord,
  deleteRecord,
  getRecordJson,
  type ListQuery,
  listRecordsJson,
  parseSort,
  purgeRecord,
  type RecordInput,
  restoreRecord,
  updateRecord,
} from "@formwright/engine";
import { finding, Problem } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { INVALID } from "../http/validation.ts";
import { expectedVersion, sendJson, sendRecord } from "../http/versions.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { RECORD_INPUT } from "./schemas.ts";

interface ListText {
  filter?: string;
  sort?: string;
  fields?: string;
  expand?: string;
  q?: string;
  limit?: number;
  cursor?: string;
  count?: "exact" | "estimated" | "none";
  deleted?: boolean;
}

interface ListBody extends Omit<ListText, "filter" | "sort" | "fields" | "expand"> {
  filter?: Rule;
  sort?: string | string[];
  fields?: string[];
  expand?: string[];
}

const LIST_TEXT = {
  type: "object",
  additionalProperties: false,
  properties: {
    filter: { type: "string", maxLength: 20_000 },
    sort: { type: "string", maxLength: 1_000 },
    fields: { type: "string", maxLength: 10_000 },
    expand: { type: "string", maxLength: 1_000 },
    q: { type: "string", maxLength: 200 },
    limit: { type: "integer", minimum: 1, maximum: 500 },
    cursor: { type: "string", maxLength: 8_000 },
    count: { enum: ["exact", "estimated", "none"] },
    deleted: { type: "boolean" },
  },
} as const;

const KEYS = (maxItems: number) => ({ type: "array", maxItems, items: { type: "string", maxLength: 200 } }) as const;

/** A filter is any JSON: the rule checker says what is wrong with it. */
const LIST_BODY = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...LIST_TEXT.properties,
    filter: {},
    sort: { anyOf: [{ type: "string", maxLength: 1_000 }, KEYS(20)] },
    fields: KEYS(500),
    expand: KEYS(20),
  },
} as const;

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
        const record = await getRecordJson(reads, contextOf(request), request.params.entity, request.params.id, {
          ...(fields !== undefined && { fields: splitKeys(fields) }),
          ...(expand !== undefined && { expand: splitKeys(expand) }),
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

/** @throws Problem `invalid` when the filter is not JSON */
export function readListText({ filter, sort, fields, expand, ...others }: ListText): ListQuery {
  return {
    ...others,
    ...(filter !== undefined && { filter: readFilter(filter) }),
    ...(sort !== undefined && { sort: parseSort(sort) }),
    ...(fields !== undefined && { fields: splitKeys(fields) }),
    ...(expand !== undefined && { expand: splitKeys(expand) }),
  };
}

function readListBody({ sort, ...others }: ListBody): ListQuery {
  return { ...others, ...(sort !== undefined && { sort: parseSort(Array.isArray(sort) ? sort.join(",") : sort) }) };
}

function readFilter(text: string): Rule {
  try {
    return JSON.parse(text) as Rule;
  } catch {
    throw new Problem("invalid", INVALID, { errors: [finding("format", "/filter", { format: "JSON" })] });
  }
}

export function splitKeys(text: string): string[] {
  return text
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
}
