import { type Finding, finding, pointerTo } from "../common/finding.ts";
import type { Model } from "../definition.ts";
import { fieldOf } from "../entity/fields-of.ts";
import { SYSTEM_ENTITY_FIELDS } from "../entity/system-entities.ts";

/** Members and departments are there, whole, and nothing else calls itself part of the system. */
export function checkSystemEntities(model: Model, broken: ReadonlySet<string>): Finding[] {
  const pretenders = [...model.entities.values()].filter(({ key, system }) => system !== SYSTEM_ENTITY_FIELDS.has(key));
  return [
    ...pretenders.map(({ key }) => finding("systemEntity", pointerTo("/entity", key, "system"), { key })),
    ...[...SYSTEM_ENTITY_FIELDS].flatMap(([key, fields]) => {
      if (broken.has(`entity/${key}`)) return [];
      const entity = model.entities.get(key);
      if (!entity) return [finding("systemEntity", pointerTo("/entity", key), { key })];
      const lost = [...fields].filter(([field, kind]) => fieldOf(entity, field)?.kind !== kind);
      return lost.map(([field]) =>
        finding("systemEntity", pointerTo("/entity", key, "schema", "properties", field), { key: `${key}.${field}` }),
      );
    }),
  ];
}
