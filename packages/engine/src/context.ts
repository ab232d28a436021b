import type { Locale, Model } from "@formwright/model";
import type { Kysely, Transaction } from "kysely";

// biome-ignore lint/suspicious/noExplicitAny: tables are made at run time; their shape is the published model.
export type Db = Kysely<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type Tx = Transaction<any>;

/** Through what a change came: kept in the event log. */
export type Door = "form" | "board" | "bulk" | "import" | "api" | "approval" | "automation" | "template" | "system";

export interface Workspace {
  readonly id: string;
  readonly slug: string;
  /** Its PostgreSQL schema: `w_<slug>`, dashes as underscores. */
  readonly schema: string;
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string;
}

/** A person in a workspace, with what access needs to know of them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly isAdmin: boolean;
  readonly department: string | null;
  /** Own department and all below it. */
  readonly departmentTree: readonly string[];
  readonly manager: string | null;
  readonly locale: Locale;
  readonly timeZone: string;
}

/** Who acts: a member, or the platform itself (automations, approvals, templates), which every scope lets through. */
export type Actor =
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "system"; readonly name: string };

/**
 * What every command gets beside its transaction and input: the workspace, its model frozen at one release,
 * who acts and through what, and the time and chance of this call.
 */
export interface Context {
  readonly workspace: Workspace;
  readonly model: Model;
  readonly actor: Actor;
  readonly door: Door;
  readonly requestId: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** The moment of this call, ISO 8601 UTC. */
  readonly now: string;
  /** A new UUIDv7. */
  newId(): string;
}
