import type { Visitor } from "../check/visitor.ts";
import { pointerTo } from "../common/finding.ts";
import type { App } from "./definition.ts";

/** An app leans on views and roles. */
export function visitApp(app: App, visitor: Visitor): void {
  app.menu.forEach((group, at) => {
    group.entries.forEach((entry, index) => {
      if (entry.type !== "view") return;
      visitor.definition(pointerTo("/menu", at, "entries", index, "view"), "view", entry.view);
    });
  });
  app.roles.forEach((role, index) => {
    visitor.definition(pointerTo("/roles", index), "role", role);
  });
}
