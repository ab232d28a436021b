import type { App, MenuEntry, MenuGroup, Model, View } from "@formwright/model";
import type { MessageKey } from "../i18n/messages.ts";

/** An app as the menu shows it: entries whose view this person cannot see are gone, and so are empty groups. */
export interface AppMenu {
  readonly app: App;
  readonly groups: readonly { readonly group: MenuGroup; readonly entries: readonly ShownEntry[] }[];
}

export interface ShownEntry {
  readonly entry: MenuEntry;
  readonly view: View | null;
}

/** The apps of a model with what can be opened in them. */
export function appMenus(model: Model): readonly AppMenu[] {
  return [...model.apps.values()]
    .map((app) => ({
      app,
      groups: app.menu
        .map((group) => ({
          group,
          entries: group.entries
            .map((entry) => ({ entry, view: entry.type === "view" ? (model.views.get(entry.view) ?? null) : null }))
            .filter(({ entry, view }) => entry.type === "link" || (view !== null && model.entities.has(view.entity))),
        }))
        .filter(({ entries }) => entries.length > 0),
    }))
    .filter(({ groups }) => groups.length > 0);
}

/** The pages of the administration, in the order of the menu. `to` is relative to the workspace. */
export const ADMIN_ENTRIES: readonly { readonly to: string; readonly label: MessageKey; readonly icon: string }[] = [
  { to: "people", label: "shell.people", icon: "people" },
  { to: "admin/entities", label: "shell.entities", icon: "database" },
  { to: "admin/releases", label: "shell.releases", icon: "flag" },
  { to: "admin/templates", label: "shell.templates", icon: "app" },
  { to: "admin/jobs", label: "shell.jobs", icon: "clock" },
  { to: "admin/outbox", label: "shell.outbox", icon: "mail" },
];
