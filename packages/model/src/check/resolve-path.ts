import type { Entity, Field } from "../entity/definition.ts";
import { fieldOf, systemField } from "../entity/fields-of.ts";
import type { SystemField } from "../entity/system-fields.ts";
import type { ScopeModel } from "./rule-scope.ts";

/** A field of an entity, or a system field. */
export interface FoundField {
  readonly entity: Entity;
  readonly key: string;
  readonly field: Field | null;
  readonly system: SystemField | null;
}

/** The entity that a field points to; null when it points nowhere. */
export function targetOf(model: ScopeModel, { field, system }: Pick<FoundField, "field" | "system">): string | null {
  if (field) return model.kinds[field.kind]?.target?.(field.options) ?? null;
  return system && (system.kind === "member" || system.kind === "department") ? system.kind : null;
}

/**
 * Every field that a path touches, in turn: "customer.owner.name" touches customer, the customer's owner, the owner's name.
 * Null when a part of it is not there. `<stage>_since` is its stage field; the part behind a subform is left to the caller.
 */
export function resolvePath(model: ScopeModel, entityKey: string, path: string): readonly FoundField[] | null {
  const found: FoundField[] = [];
  let entity = model.entities.get(entityKey);
  for (const key of path.split(".")) {
    const step = entity ? findField(model, entity, key) : null;
    if (!entity || !step) return null;
    found.push(step);
    if (step.field?.fields) return found;
    entity = model.entities.get(targetOf(model, step) ?? "");
  }
  return found;
}

function findField(model: ScopeModel, entity: Entity, key: string): FoundField | null {
  const field = fieldOf(entity, key) ?? stageBehind(model, entity, key);
  const system = field ? null : systemField(key);
  return field || system ? { entity, key, field, system } : null;
}

function stageBehind(model: ScopeModel, entity: Entity, key: string): Field | null {
  const stage = key.endsWith("_since") ? fieldOf(entity, key.slice(0, -"_since".length)) : null;
  return stage && model.kinds[stage.kind]?.flow ? stage : null;
}
