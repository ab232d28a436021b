import type { App, PublishedDefinition } from "@formwright/model";

/** The first view in an app's menu, as a path below the workspace; null when the app shows none. */
export function firstViewOf(definitions: readonly PublishedDefinition[], appKey: string): string | null {
  const app = definitions.find((item): item is App => item.kind === "app" && item.key === appKey);
  const entry = app?.menu.flatMap((group) => group.entries).find((item) => item.type === "view");
  return entry?.type === "view" ? `/a/${appKey}/v/${entry.view}` : null;
}
