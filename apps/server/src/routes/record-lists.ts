import { type AggregateQuery, aggregate, historyOf, parseSort, relatedJson, searchAll } from "@formwright/engine";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { sendJson } from "../http/versions.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { LIST_TEXT, type ListText, readListText, splitKeys } from "./list-query.ts";
import { PAGE } from "./schemas.ts";

const NAME = { type: "string", maxLength: 200 } as const;

const AGGREGATE = {
  type: "object",
  additionalProperties: false,
  properties: {
    filter: {},
    q: { type: "string", maxLength: 200 },
    groupBy: {
      type: "array",
      maxItems: 5,
      items: {
        type: "object",
        required: ["field"],
        additionalProperties: false,
        properties: { field: NAME, by: { enum: ["day", "week", "month", "quarter", "year"] }, as: NAME },
      },
    },
    measures: {
      type: "array",
      minItems: 1,
      maxItems: 20,
      items: {
        type: "object",
        required: ["fn"],
        additionalProperties: false,
        properties: { fn: { enum: ["count", "sum", "avg", "min", "max", "median"] }, field: NAME, as: NAME },
      },
    },
    sort: {
      anyOf: [
        { type: "string", maxLength: 1_000 },
        { type: "array", maxItems: 20, items: NAME },
      ],
    },
    limit: { type: "integer", minimum: 1, maximum: 10_000 },
    deleted: { type: "boolean" },
  },
} as const;

interface AggregateBody extends Omit<AggregateQuery, "sort"> {
  sort?: string | string[];
}

const SEARCH = {
  type: "object",
  required: ["q"],
  additionalProperties: false,
  properties: {
    q: { type: "string", maxLength: 200 },
    entities: { type: "string", maxLength: 2_000 },
    limit: { type: "integer", minimum: 1, maximum: 50 },
  },
} as const;

type One = { Params: { entity: string; id: string } };

/** What is read from records without being one: figures, history, related records, search across entities. */
export function recordListRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { reads, kysely: db } = app.database;

    server.post<{ Params: { entity: string }; Body: AggregateBody }>(
      "/records/:entity/aggregate",
      { schema: { body: AGGREGATE }, config: { repeatable: true } },
      async (request, reply) => {
        const { sort, ...query } = request.body;
        const keys = sort === undefined ? undefined : parseSort(Array.isArray(sort) ? sort.join(",") : sort);
        return sendJson(
          reply,
          await aggregate(reads, contextOf(request), request.params.entity, { ...query, ...(keys && { sort: keys }) }),
        );
      },
    );

    server.get<One & { Querystring: { limit?: number; cursor?: string } }>(
      "/records/:entity/:id/history",
      {
        schema: {
          querystring: {
            ...PAGE,
            properties: { ...PAGE.properties, cursor: { type: "string", pattern: "^\\d{1,15}$" } },
          },
        },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const { entity, id } = request.params;
        const { nextBefore, ...page } = await historyOf(db, contextOf(request), entity, id, {
          ...(limit !== undefined && { limit }),
          ...(cursor !== undefined && { before: Number(cursor) }),
        });
        return { ...page, nextCursor: nextBefore === null ? null : String(nextBefore) };
      },
    );

    server.get<{ Params: { entity: string; id: string; field: string }; Querystring: ListText }>(
      "/records/:entity/:id/related/:field",
      { schema: { querystring: LIST_TEXT } },
      async (request, reply) => {
        const { entity, id, field } = request.params;
        const query = readListText(request.query);
        return sendJson(reply, await relatedJson(reads, contextOf(request), entity, id, field, query));
      },
    );

    server.get<{ Querystring: { q: string; entities?: string; limit?: number } }>(
      "/search",
      { schema: { querystring: SEARCH } },
      (request) => {
        const { q, entities, limit } = request.query;
        return searchAll(db, contextOf(request), q, {
          ...(entities !== undefined && { entities: splitKeys(entities) }),
          ...(limit !== undefined && { limit }),
        });
      },
    );
  };
}
