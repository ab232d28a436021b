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
  readonly kind: string;
  readonly instance: string;
  readonly step: { readonly key: string; readonly label: LocalText };
  readonly entity: string;
  readonly record: Ref;
  readonly assignee: string;
  readonly state: string;
  readonly dueAt: string | null;
  readonly actions: readonly string[];
  readonly version: number;
  readonly createdAt?: string;
  readonly approval?: { readonly key: string; readonly label: LocalText };
  readonly startedBy?: Ref | null;
}

export interface NotificationJson {
  readonly id: string;
  readonly title: LocalText | string;
  readonly body?: LocalText | string | null;
  readonly entity?: string | null;
  readonly record?: Ref | string | null;
  readonly recordId?: string | null;
  readonly createdAt: string;
  readonly readAt: string | null;
}

export interface HistoryEvent {
  readonly seq: number | string;
  readonly at: string;
  readonly actor: Ref | null;
  readonly actorName?: string | null;
  readonly door: string;
  readonly kind: string;
  readonly changes: Readonly<Record<string, readonly [Json, Json]>>;
  readonly data?: Readonly<Record<string, Json>> | null;
}
