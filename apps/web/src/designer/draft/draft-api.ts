import type { JsonObject, LocalText, PublishedDefinition, PublishedKind } from "@formwright/model";
import { api } from "../../api/api.ts";
import { path } from "../../api/client.ts";

/** A finding as it comes over the wire: its words in the reader's language, or in all. */
export interface WireFinding {
  readonly pointer: string;
  readonly code: string;
  readonly message: string | LocalText;
  readonly severity?: "error" | "warning";
  /** The definition that it is about, where the pointer alone does not say. */
  readonly kind?: PublishedKind;
  readonly key?: string;
  readonly params?: JsonObject;
}

/** One definition that the draft sets or takes away. */
export interface DraftChange {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly action: "put" | "retire";
  /** Null when it is taken away. */
  readonly definition: PublishedDefinition | null;
}

export interface DraftDocument {
  /** The release that is live. */
  readonly release: number;
  readonly changes: readonly DraftChange[];
  /** Every definition as it would be live after publishing. */
  readonly definitions: readonly PublishedDefinition[];
}

export type PlanLevel = "safe" | "consent" | "refused";
export type PlannedAction = "create" | "update" | "retire";

/** One sentence about one change. */
export interface PlanRemark {
  readonly words: LocalText;
  readonly level: PlanLevel;
  readonly counts?: Readonly<Record<string, number>>;
  readonly examples?: readonly string[];
}

export interface PlannedChange {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly action: PlannedAction;
  /** The gravest of its remarks. */
  readonly level: PlanLevel;
  readonly remarks: readonly PlanRemark[];
}

export interface PublishPlan {
  readonly checksum: string;
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly WireFinding[];
}

const draftPath = (ws: string, ...rest: readonly string[]) => path("w", ws, "draft", ...rest);

export const draftApi = {
  read: (ws: string, signal?: AbortSignal) => api.get<DraftDocument>(draftPath(ws), signal ? { signal } : {}),
  put: (ws: string, definition: PublishedDefinition) =>
    api.put<{ readonly definition: PublishedDefinition; readonly findings: readonly WireFinding[] }>(
      draftPath(ws, definition.kind, definition.key),
      definition,
    ),
  discard: (ws: string, kind: PublishedKind, key: string) => api.delete<null>(draftPath(ws, kind, key)),
  retire: (ws: string, kind: PublishedKind, key: string) =>
    api.delete<null>(draftPath(ws, kind, key), { query: { retire: true } }),
  discardAll: (ws: string) => api.delete<null>(draftPath(ws)),
  plan: (ws: string) => api.post<PublishPlan>(draftPath(ws, "plan")),
  publish: (ws: string, message: string, checksum: string) =>
    api.post<{ readonly release: number }>(draftPath(ws, "publish"), { message, checksum }),
};
