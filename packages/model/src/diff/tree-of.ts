import type { Json, JsonObject } from "../common/json.ts";
import type { Definition } from "../definition.ts";
import type { EntityDocument } from "../entity/definition.ts";

/** A definition as a tree of objects and lists whose elements have keys: what people see, not how it is stored. */
export type Tree = { readonly [key: string]: Json };

/** The tree to compare: an entity's fields as a list in their order, a role's entities as a list, the rest as it is. */
export function treeOf(definition: Definition): Tree {
  if (definition.kind === "entity") return entityTree(definition);
  if (definition.kind === "role") {
    const entities = Object.entries(definition.entities).map(([key, grant]) => ({ key, ...grant }));
    return { ...definition, entities } as unknown as Tree;
  }
  return definition as unknown as Tree;
}

function entityTree({ schema, fieldOrder, ...rest }: EntityDocument): Tree {
  return { ...rest, fields: fieldsTree(schema, fieldOrder) } as unknown as Tree;
}

function fieldsTree(schema: JsonObject, order: readonly string[] | undefined): readonly Tree[] {
  const properties = schema.properties as { readonly [key: string]: JsonObject };
  const required = new Set((schema.required ?? []) as readonly string[]);
  return (order ?? Object.keys(properties)).flatMap((key) => {
    const property = properties[key];
    return property ? [fieldTree(key, property, required.has(key))] : [];
  });
}

function fieldTree(key: string, property: JsonObject, isRequired: boolean): Tree {
  const { items } = property;
  const rows = property["x-field"] === "subform" && items ? (items as JsonObject) : null;
  const part = (name: string, keyword: string) =>
    property[keyword] === undefined ? {} : { [name]: property[keyword] as Json };
  return {
    key,
    ...part("kind", "x-field"),
    ...part("label", "x-label"),
    ...part("help", "x-help"),
    ...part("options", "x-options"),
    ...part("default", "x-default"),
    required: isRequired,
    unique: property["x-unique"] === true,
    readOnly: property.readOnly === true,
    ...(rows && { fields: fieldsTree(rows, rows["x-order"] as readonly string[] | undefined) }),
  };
}
