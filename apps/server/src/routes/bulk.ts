import { type BulkInput, type BulkResult, bulk, findDuplicates, MAX_BULK_ROWS } from "@formwright/engine";
import type { Json } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { localeOf } from "../http/locale.ts";
import { bodyOfProblem } from "../http/problems.ts";
import { sendJson } from "../http/versions.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { ID, RECORD_INPUT } from "./schemas.ts";

const BODY_LIMIT = 33_554_432;
const VERSION = { type: "integer", minimum: 1 } as const;

const BULK = {
  type: "object",
  additionalProperties: false,
  properties: {
    create: { type: "array", maxItems: MAX_BULK_ROWS, items: RECORD_INPUT },
    update: {
      type: "array",
      maxItems: MAX_BULK_ROWS,
      items: {
        ...RECORD_INPUT,
        required: ["id"],
        properties: { ...RECORD_INPUT.properties, id: ID, version: VERSION },
      },
    },
    delete: {
      type: "array",
      maxItems: MAX_BULK_ROWS,
      items: {
        anyOf: [
          ID,
          {
            type: "object",
            required: ["id"],
            additionalProperties: false,
            properties: { id: ID, version: VERSION },
          },
        ],
      },
    },
  },
} as const;

const ATOMIC = { type: "object", additionalProperties: false, properties: { atomic: { type: "boolean" } } } as const;

const RESEMBLES = {
  type: "object",
  required: ["values"],
  additionalProperties: false,
  properties: { values: { type: "object", maxProperties: 1_000 }, except: ID },
} as const;

type Entity = { Params: { entity: string } };

/** Many records at once, and whether one like it is there already. */
export function bulkRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.post<Entity & { Body: BulkInput; Querystring: { atomic?: boolean } }>(
      "/records/:entity/bulk",
      { schema: { body: BULK, querystring: ATOMIC }, bodyLimit: BODY_LIMIT },
      async (request, reply) => {
        const options = { atomic: request.query.atomic ?? false };
        const context = { ...contextOf(request), door: "bulk" as const };
        const results = await bulk(db, context, request.params.entity, request.body, options);
        const rows = results.map((result) => resultJson(result, localeOf(request)));
        return sendJson(reply, `{"results":[${rows.join(",")}]}`);
      },
    );

    server.post<Entity & { Body: { values: Record<string, Json>; except?: string } }>(
      "/records/:entity/duplicates",
      { schema: { body: RESEMBLES }, config: { repeatable: true } },
      async (request) => {
        const { values, except } = request.body;
        const items = await findDuplicates(db, contextOf(request), request.params.entity, values, except ?? null);
        return { items };
      },
    );
  };
}

function resultJson({ index, status, json, problem }: BulkResult, locale: ReturnType<typeof localeOf>): string {
  const head = `{"index":${index},"status":${status}`;
  if (problem) return `${head},"problem":${JSON.stringify(bodyOfProblem(problem, locale))}}`;
  return json ? `${head},"record":${json}}` : `${head}}`;
}
