import type { Json, LocalText } from "@formwright/model";

/** The shapes of the API, as docs/api says. */

export interface Ref {
  readonly id: string;
  readonly title: string | null;
}

export interface RecordJson {
  readonly id: string;
  readonly version: number;
  readonly values: Readonly<Record<string, Json>>;
  readonly refs?: Readonly<Record<string, Ref | readonly Ref[] | null>>;
  readonly owner: string | null;
  readonly ownerDepartment?: string | null;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly updatedAt: string;
  readonly updatedBy: string | null;
  readonly deletedAt?: string | null;
  readonly abilities?: Readonly<Record<string, boolean>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly count?: { readonly value: number; readonly exact: boolean };
}

export interface TaskJson {
  readonly id: string;
  readonly kind: "approve" | "resubmit" | "assign";
  readonly instance: string;
  readonly approval: { readonly key: string; readonly label: LocalText };
  readonly step: { readonly key: string; readonly label: LocalText };
  readonly entity: string;
  readonly record: Ref;
  /** Null: any admin. */
  readonly assignee: string | null;
  readonly state: "open" | "decided" | "closed";
  readonly decision: string | null;
  readonly dueAt: string | null;
  readonly actions: readonly string[];
  readonly version: number;
  readonly startedBy: Ref | null;
  readonly createdAt: string;
  readonly closedAt: string | null;
}

export interface NotificationJson {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string | null;
  readonly link: { readonly entity: string; readonly recordId: string; readonly taskId?: string } | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

export interface HistoryEvent {
  readonly seq: number;
  readonly at: string;
  /** Null when the platform itself acted. */
  readonly actor: Ref | null;
  readonly actorName: string | null;
  readonly door: string;
  readonly kind: string;
  readonly changes: Readonly<Record<string, readonly [Json, Json]>>;
  readonly data: Readonly<Record<string, Json>> | null;
}

export interface History {
  readonly items: readonly HistoryEvent[];
  /** For what came before; null when this was all. */
  readonly nextBefore: number | null;
  /** Titles of ids that occur in the changes, as far as the reader may see them. */
  readonly titles: Readonly<Record<string, string>>;
}
