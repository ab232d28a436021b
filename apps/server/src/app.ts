import type { Database } from "@formwright/database";
import type { Workspace } from "@formwright/engine";
import type { LiveUpdates } from "./live/live-updates.ts";
import type { CatalogEntry } from "./openapi/route-catalog.ts";
import type { Settings } from "./settings.ts";
import type { AccessTokens } from "./sign-in/access-tokens.ts";
import type { MemberContexts } from "./sign-in/member-contexts.ts";

/** What the routes of one server share. */
export interface App {
  readonly database: Database;
  readonly settings: Settings;
  readonly tokens: AccessTokens;
  readonly members: MemberContexts;
  readonly live: LiveUpdates;
  /** Every route of the API, for its documentation. */
  readonly catalog: readonly CatalogEntry[];
  /** True when cookies travel over https only. */
  readonly isSecure: boolean;
  now(): Date;
  /** Makes the session's access tokens worthless, here and on every other server. */
  sessionEnded(session: string): Promise<void>;
  /** A release was made: the next request sees it. */
  released(workspace: Workspace): void;
  /** Something was written: background work and live updates look now rather than at their next tick. */
  changed(workspaceSlug: string): void;
}
