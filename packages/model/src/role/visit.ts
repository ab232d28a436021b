import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { Role } from "./definition.ts";

/** A role leans on the entities that it opens and the fields that it hides. */
export function visitRole({ entities }: Role, visitor: Visitor): void {
  for (const [entity, grant] of Object.entries(entities)) {
    const here = pointerTo("/entities", entity);
    visitor.definition(here, "entity", entity);
    if (grant.rule !== undefined) visitor.rule(`${here}/rule`, { entity }, grant.rule, "boolean");
    for (const field of Object.keys(grant.fields ?? {})) {
      visitor.field(pointerTo(here, "fields", field), entity, field, "any");
    }
  }
}
