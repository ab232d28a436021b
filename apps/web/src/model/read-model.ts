import { FIELD_KINDS } from "@formwright/fields/model";
import type {
  DuplicateRule,
  Entity,
  EntityDocument,
  Field,
  JsonObject,
  JsonSchema,
  LocalText,
  Model,
  PublishedDefinition,
  PublishedKind,
} from "@formwright/model";

/** What `GET /w/:ws/model` answers. The server has checked it; here it is only put into the shape that screens read. */
export interface ModelDocument {
  readonly release: number;
  readonly definitions: readonly PublishedDefinition[];
}

/**
 * The parsed model of a document: maps by key, entities with their fields in order. A person who may not see a field
 * gets an entity without it, so nothing is refused here for not being complete.
 */
export function readModel(document: ModelDocument): Model {
  const of = <T extends PublishedDefinition>(kind: PublishedKind) =>
    new Map(
      document.definitions
        .filter((definition): definition is T => definition.kind === kind)
        .map((definition) => [definition.key, definition] as const),
    );
  const entities = new Map<string, Entity>();
  for (const [key, entity] of of<EntityDocument>("entity")) entities.set(key, readEntity(entity));
  return {
    release: document.release,
    kinds: FIELD_KINDS,
    entities,
    forms: of("form"),
    views: of("view"),
    apps: of("app"),
    flows: of("flow"),
    approvals: of("approval"),
    automations: of("automation"),
    roles: of("role"),
  };
}

/** An entity document as an entity with ordered fields. */
export function readEntity(document: EntityDocument): Entity {
  const unique = document.unique ?? [];
  const fields = readFields(document.schema, document.fieldOrder).map((field) => ({
    ...field,
    unique: unique.some((keys) => keys.length === 1 && keys[0] === field.key),
  }));
  return {
    kind: "entity",
    key: document.key,
    label: document.label,
    ...(document.plural === undefined ? {} : { plural: document.plural }),
    ...(document.description === undefined ? {} : { description: document.description }),
    ...(document.icon === undefined ? {} : { icon: document.icon }),
    ...(document.color === undefined ? {} : { color: document.color }),
    titleField: document.titleField,
    fields,
    unique,
    duplicates: (document.duplicates ?? []) as readonly DuplicateRule[],
    search: document.search ?? [],
    system: document.system ?? false,
  };
}

function readFields(schema: JsonSchema, order: readonly string[] | undefined): readonly Field[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonObject>>;
  const required = new Set((schema.required ?? []) as readonly string[]);
  const keys = [...new Set([...(order ?? []), ...Object.keys(properties)])].filter((key) => key in properties);
  return keys.map((key) => readField(key, properties[key] ?? {}, required.has(key)));
}

function readField(key: string, schema: JsonObject, required: boolean): Field {
  const kind = String(schema["x-field"] ?? "text");
  const items = schema.items as JsonSchema | undefined;
  const order = (items?.["x-order"] ?? schema["x-order"]) as readonly string[] | undefined;
  return {
    key,
    kind,
    label: (schema["x-label"] ?? { en: key }) as LocalText,
    ...(schema["x-help"] === undefined ? {} : { help: schema["x-help"] as LocalText }),
    options: (schema["x-options"] ?? {}) as JsonObject,
    required,
    readOnly: schema.readOnly === true,
    unique: false,
    ...(schema["x-default"] === undefined ? {} : { default: schema["x-default"] }),
    schema,
    ...(kind === "subform" && items !== undefined ? { fields: readFields(items, order) } : {}),
  };
}
