import { pointerTo } from "../common/finding.ts";
import { duplicateKeys, parseWith } from "../common/parse-with.ts";
import type { App } from "./definition.ts";
import { APP_SCHEMA } from "./schema.ts";

/** Parses an app; left out, everybody sees it. */
export const parseApp = parseWith<App>({
  schema: APP_SCHEMA,
  complete: (app) => ({ ...app, roles: app.roles ?? [] }),
  check: ({ menu }) => [
    ...duplicateKeys(menu, "/menu"),
    ...menu.flatMap((group, at) => duplicateKeys(group.entries, pointerTo("/menu", at, "entries"))),
  ],
});
