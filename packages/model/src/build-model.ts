import type { Model, PublishedDefinition, PublishedKind } from "./definition.ts";
import type { Entity } from "./entity/definition.ts";
import { parseEntity } from "./entity/parse-entity.ts";
import type { FieldKindRegistry } from "./field-kind.ts";
import { parseDefinition } from "./parse-definition.ts";

/** A stored definition that does not parse: nothing was published that could not, so the program or the data is broken. */
export class BrokenModel extends Error {
  override readonly name = "BrokenModel";
}

/**
 * The model of a release from its stored definitions: parsed, completed and frozen. It does not ask again how they fit
 * together (see checkModel): what a member may not see can be missing from it.
 *
 * @throws BrokenModel when a definition does not parse
 */
export function buildModel(
  release: number,
  definitions: readonly PublishedDefinition[],
  kinds: FieldKindRegistry,
): Model {
  const of = <T>(kind: PublishedKind): ReadonlyMap<string, T> =>
    new Map(
      definitions
        .filter((definition) => definition.kind === kind)
        .map((definition) => [definition.key, deepFreeze(parsed(definition, kinds)) as T]),
    );
  return Object.freeze({
    release,
    kinds,
    entities: of<Entity>("entity"),
    forms: of("form"),
    views: of("view"),
    apps: of("app"),
    flows: of("flow"),
    approvals: of("approval"),
    automations: of("automation"),
    roles: of("role"),
  }) as Model;
}

function parsed(definition: PublishedDefinition, kinds: FieldKindRegistry): unknown {
  const result =
    definition.kind === "entity" ? parseEntity(definition, kinds) : parseDefinition(definition.kind, definition, kinds);
  if (result.ok) return result.value;
  const [first] = result.findings;
  throw new BrokenModel(`${definition.kind} ${definition.key}: ${first?.pointer} ${first?.code}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
