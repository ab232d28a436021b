import type { Json, JsonObject, JsonSchema } from "../common/json.ts";
import type { FieldKindRegistry } from "../field-kind.ts";
import type { Entity, Field } from "./definition.ts";

export type RecordMode = "create" | "update";

/**
 * JSON Schema (2020-12) of the `values` that create or update a record: what the workspace's OpenAPI document shows.
 * {@link validateValues} gives the same verdict with words, and checks what a schema cannot say.
 *
 * @param mode create: required fields must be there; update: only what changes is sent, null empties
 */
export function recordSchema(entity: Entity, mode: RecordMode, kinds: FieldKindRegistry): JsonSchema {
  const schema = valuesSchema(entity.fields, mode, kinds);
  const owner = { type: ["string", "null"], format: "uuid", description: "Who owns the record." };
  return { ...schema, properties: { ...(schema.properties as JsonObject), owner } };
}

/**
 * JSON Schema of the `values` of a record as it is read: every field may be null, computed ones are there too,
 * and what the reader may not see is absent.
 */
export function readSchema(entity: Entity): JsonSchema {
  const properties = entity.fields.map((field) => [field.key, nullable(field.fields ? rowsRead(field) : bare(field))]);
  return { type: "object", properties: Object.fromEntries(properties) };
}

function valuesSchema(fields: readonly Field[], mode: RecordMode, kinds: FieldKindRegistry): JsonSchema {
  const writable = fields.filter((field) => kinds[field.kind]?.computed === false);
  const required = writable.filter((field) => field.required && !kinds[field.kind]?.flow).map(({ key }) => key);
  return {
    type: "object",
    properties: Object.fromEntries(
      writable.map((field) => {
        const schema = field.fields ? rowsWritten(field, kinds) : bare(field);
        return [field.key, field.required ? schema : nullable(schema)];
      }),
    ),
    ...(mode === "create" && required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** Rows are sent whole, whether the record is new or not. */
function rowsWritten(field: Field, kinds: FieldKindRegistry): JsonSchema {
  const values = valuesSchema(field.fields ?? [], "create", kinds);
  const id = { type: "string", format: "uuid", description: "Of a row that is there already; new rows have none." };
  const items = { type: "object", properties: { id, values }, required: ["values"], additionalProperties: false };
  return { ...bare(field), items };
}

function rowsRead(field: Field): JsonSchema {
  const values = Object.fromEntries((field.fields ?? []).map((column) => [column.key, nullable(bare(column))]));
  const items = {
    type: "object",
    properties: { id: { type: "string", format: "uuid" }, values: { type: "object", properties: values } },
  };
  return { ...bare(field), items };
}

/** The standard keywords alone, with the label as title. */
function bare(field: Field): JsonSchema {
  const { items, ...keywords } = field.schema;
  const standard = Object.entries(keywords).filter(([keyword]) => !keyword.startsWith("x-"));
  const title = field.label.en ?? field.label["zh-CN"];
  return {
    ...Object.fromEntries(standard),
    ...(items !== undefined && !field.fields && { items }),
    ...(title && { title }),
    ...(field.help?.en && { description: field.help.en }),
  };
}

function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: choices } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: [type, "null"] }),
    ...(Array.isArray(choices) && { enum: [...(choices as readonly Json[]), null] }),
  };
}
