import type { Json, JsonObject } from "@formwright/model";
import { PRODUCT_VERSION } from "../start/product.ts";
import type { CatalogEntry } from "./route-catalog.ts";

const PROBLEM: JsonObject = {
  description: "What went wrong (RFC 9457)",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const PROBLEM_SCHEMA: JsonObject = {
  type: "object",
  required: ["type", "title", "status", "code", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string" },
    requestId: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "code", "message"],
        properties: {
          pointer: { type: "string", description: "JSON Pointer into what was sent" },
          code: { type: "string" },
          message: { type: "string" },
        },
      },
    },
  },
};

/** The API of the platform: every route there is, with what it takes. */
export function platformDocument(catalog: readonly CatalogEntry[], publicUrl: string): JsonObject {
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "Formwright", version: PRODUCT_VERSION },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }],
    paths: pathsOf(catalog),
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: PROBLEM_SCHEMA },
    },
  };
}

function pathsOf(entries: readonly CatalogEntry[]): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const entry of entries) {
    paths[entry.path] ??= {};
    Object.assign(paths[entry.path] as object, { [entry.method]: operationOf(entry) });
  }
  return paths;
}

function operationOf(entry: CatalogEntry): JsonObject {
  const inPath = [...entry.path.matchAll(/\{(\w+)\}/g)].map(
    ([, name]): JsonObject => ({ name: name ?? "", in: "path", required: true, schema: { type: "string" } }),
  );
  const { properties = {}, required = [] } = (entry.query ?? {}) as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(
    ([name, schema]): JsonObject => ({ name, in: "query", required: required.includes(name), schema }),
  );
  const body = bodyOf(entry);
  return {
    operationId: `${entry.method} ${entry.path}`.replace(/[^a-zA-Z0-9]+/g, "_").replace(/^_|_$/g, ""),
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { content: body } }),
    responses: { "2XX": { description: "Done" }, default: PROBLEM },
  };
}

function bodyOf({ isUpload, body }: CatalogEntry): JsonObject | null {
  if (isUpload) {
    const schema = { type: "object", properties: { file: { type: "string", format: "binary" } } };
    return { "multipart/form-data": { schema } };
  }
  return body && { "application/json": { schema: body } };
}
