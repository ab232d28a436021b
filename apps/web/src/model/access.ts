import type { Action, Model } from "@formwright/model";
import { useCallback } from "react";
import { type Me, useWorkspace } from "./workspace-context.tsx";

/** May I do this at all with records of an entity? What the server refuses for one record it says there. */
export function useMay(): (entity: string, action: Action) => boolean {
  const { model, me } = useWorkspace();
  return useCallback((entity, action) => may(model, me, entity, action), [model, me]);
}

export function may(model: Model, me: Me, entity: string, action: Action): boolean {
  if (me.isAdmin) return true;
  return me.roles.some((key) => {
    const role = model.roles.get(key);
    const scope = role?.entities[entity]?.actions[action];
    return role?.admin === true || (scope !== undefined && scope !== "none");
  });
}
