import type { Entity, EntityGrant, Model, Role } from "@formwright/model";

interface Reader {
  readonly isAdmin: boolean;
  readonly roles: readonly string[];
}

/**
 * The model as somebody may use it: a field that their roles only let them read is read-only on every form. (Fields
 * that are hidden from them never arrive.) The most open role wins, as on the server.
 */
export function modelFor(model: Model, reader: Reader): Model {
  const roles = reader.roles.map((key) => model.roles.get(key)).filter((role) => role !== undefined);
  if (reader.isAdmin || roles.some((role) => role.admin)) return model;
  return {
    ...model,
    entities: new Map([...model.entities].map(([key, entity]) => [key, entityFor(entity, roles)] as const)),
  };
}

function entityFor(entity: Entity, roles: readonly Role[]): Entity {
  const grants = roles.map((role) => role.entities[entity.key]).filter((grant) => grant !== undefined);
  const counted = grants.filter((grant) => isGiven(grant, "read") || isGiven(grant, "create"));
  const isLocked = (key: string) =>
    counted.length > 0 && counted.every((grant) => (grant.fields?.[key] ?? "open") !== "open");
  if (!entity.fields.some((field) => isLocked(field.key))) return entity;
  return {
    ...entity,
    fields: entity.fields.map((field) => (isLocked(field.key) ? { ...field, readOnly: true } : field)),
  };
}

function isGiven(grant: EntityGrant, action: "read" | "create"): boolean {
  return (grant.actions[action] ?? "none") !== "none";
}
