import type { Model, PublishedKind } from "../definition.ts";

/** Where a model keeps the definitions of each kind. */
export const MODEL_MAPS = {
  entity: "entities",
  form: "forms",
  view: "views",
  app: "apps",
  flow: "flows",
  approval: "approvals",
  automation: "automations",
  role: "roles",
} as const satisfies Record<PublishedKind, keyof Model>;

/** The definition of a kind with this key; undefined when there is none. */
export function definitionIn(model: Model, kind: PublishedKind, key: string) {
  return model[MODEL_MAPS[kind]].get(key);
}
