import type { Json, JsonObject } from "../common/json.ts";
import { type Locale, textIn } from "../common/text.ts";
import type { Model } from "../definition.ts";
import type { Entity } from "../entity/definition.ts";
import { readSchema, recordSchema } from "../entity/record-schema.ts";
import { PROBLEM_ON_WIRE, RECORD_ON_WIRE, RULE_ON_WIRE } from "./wire-schemas.ts";

export interface OpenApiInfo {
  readonly title: string;
  /** Where the workspace's routes begin: "/api/v1/w/acme". */
  readonly base: string;
  readonly locale: Locale;
}

/**
 * The OpenAPI 3.1 document of a workspace: the records of every entity, with the very schemas that check them.
 * It follows from the model alone, so it changes with every release and never lies.
 *
 * @param model what the caller may see of the published model
 */
export function workspaceOpenApi(model: Model, { title, base, locale }: OpenApiInfo): JsonObject {
  const entities = [...model.entities.values()];
  return {
    openapi: "3.1.0",
    info: { title, version: String(model.release) },
    servers: [{ url: base }],
    security: [{ bearer: [] }],
    tags: entities.map((entity) => ({ name: entity.key, description: textIn(entity.label, locale, entity.key) })),
    paths: Object.fromEntries(entities.flatMap((entity) => Object.entries(pathsOf(entity, locale)))),
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      responses: { problem: problemResponse() },
      schemas: {
        Problem: PROBLEM_ON_WIRE,
        Rule: RULE_ON_WIRE,
        ...Object.fromEntries(entities.flatMap((entity) => Object.entries(schemasOf(entity, model)))),
      },
    },
  };
}

function schemasOf(entity: Entity, { kinds }: Model): JsonObject {
  const record = {
    type: "object",
    required: ["id", "version", "values"],
    properties: { ...RECORD_ON_WIRE, values: readSchema(entity) },
  };
  const body = (mode: "create" | "update") => ({
    type: "object",
    required: ["values"],
    properties: { values: recordSchema(entity, mode, kinds), owner: RECORD_ON_WIRE.owner },
    additionalProperties: false,
  });
  return {
    [entity.key]: record,
    [`${entity.key}.create`]: body("create"),
    [`${entity.key}.update`]: body("update"),
    [`${entity.key}.list`]: {
      type: "object",
      required: ["items", "nextCursor"],
      properties: {
        items: { type: "array", items: schemaRef(entity.key) },
        nextCursor: { type: ["string", "null"] },
        count: { type: "object", properties: { value: { type: "integer" }, exact: { type: "boolean" } } },
      },
    },
  };
}

function pathsOf(entity: Entity, locale: Locale): JsonObject {
  const records = `/records/${entity.key}`;
  const name = textIn(entity.label, locale, entity.key);
  const operation = (verb: string, more: JsonObject): JsonObject => ({
    operationId: `${verb}_${entity.key}`,
    summary: `${name}: ${verb}`,
    tags: [entity.key],
    ...more,
  });
  const record = (status: string, what: string) => answers(status, what, schemaRef(entity.key));
  return {
    [records]: {
      get: operation("list", {
        parameters: LIST_PARAMETERS,
        responses: answers("200", "A page of records.", schemaRef(`${entity.key}.list`)),
      }),
      post: operation("create", {
        parameters: [IDEMPOTENCY_KEY],
        requestBody: jsonBody(schemaRef(`${entity.key}.create`)),
        responses: record("201", "The new record."),
      }),
    },
    [`${records}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
      get: operation("get", { responses: record("200", "The record; its ETag is its version.") }),
      patch: operation("update", {
        parameters: [IF_MATCH],
        requestBody: jsonBody(schemaRef(`${entity.key}.update`)),
        responses: record("200", "The record as it is now."),
      }),
      delete: operation("delete", {
        parameters: [IF_MATCH],
        responses: { "204": { description: "In the recycle bin." }, default: PROBLEM_RESPONSE },
      }),
    },
  };
}

const PROBLEM_RESPONSE = { $ref: "#/components/responses/problem" } as const;

const LIST_PARAMETERS: Json = [
  { name: "filter", in: "query", content: { "application/json": { schema: schemaRef("Rule") } } },
  { name: "sort", in: "query", description: "-amount,name", schema: { type: "string" } },
  { name: "fields", in: "query", schema: { type: "string" } },
  { name: "expand", in: "query", schema: { type: "string" } },
  { name: "q", in: "query", description: "Text that is searched for.", schema: { type: "string" } },
  { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 500 } },
  { name: "cursor", in: "query", schema: { type: "string" } },
  { name: "count", in: "query", schema: { type: "string", enum: ["exact", "estimated", "none"] } },
];

const IF_MATCH: Json = {
  name: "If-Match",
  in: "header",
  description: "The version that was seen; 412 when somebody changed it first.",
  schema: { type: "string" },
};

const IDEMPOTENCY_KEY: Json = {
  name: "Idempotency-Key",
  in: "header",
  description: "Sent again, it gives the first answer again and no second record.",
  schema: { type: "string" },
};

function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonBody(schema: JsonObject): JsonObject {
  return { required: true, content: { "application/json": { schema } } };
}

function answers(status: string, description: string, schema: JsonObject): JsonObject {
  return { [status]: { description, content: { "application/json": { schema } } }, default: PROBLEM_RESPONSE };
}

function problemResponse(): JsonObject {
  return {
    description: "A refusal (RFC 9457).",
    content: { "application/problem+json": { schema: schemaRef("Problem") } },
  };
}
