import type { PublishedDefinition, PublishedKind } from "@formwright/model";
import { type DefinitionChange, diffDefinitions } from "@formwright/model";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";

export interface Release {
  readonly number: number;
  readonly message: string;
  readonly source: "create" | "publish" | "restore" | "template";
  readonly restoredFrom: number | null;
  readonly publishedAt: string;
  readonly publishedBy: string | null;
  /** Null when it was the platform itself. */
  readonly publishedByName: string | null;
  /** What it did, as planned then. */
  readonly changes: readonly unknown[];
}

export interface ReleaseDetail extends Release {
  readonly definitions: readonly PublishedDefinition[];
}

/** One definition on both sides of a release; null where it is not there. */
export interface ReleaseDifference {
  readonly kind: PublishedKind;
  readonly key: string;
  readonly before: PublishedDefinition | null;
  readonly after: PublishedDefinition | null;
}

const releasesPath = (ws: string, ...rest: readonly string[]) => path("w", ws, "releases", ...rest);

export const releasesApi = {
  list: (ws: string, signal: AbortSignal) =>
    api.get<{ readonly items: readonly Release[] }>(releasesPath(ws), { signal }),
  read: (ws: string, n: number, signal: AbortSignal) => api.get<ReleaseDetail>(releasesPath(ws, String(n)), { signal }),
  /** What the release changed against the one before it, in words. */
  async changes(ws: string, n: number, signal: AbortSignal): Promise<readonly DefinitionChange[]> {
    const differences = await api.get<readonly ReleaseDifference[]>(releasesPath(ws, String(n), "diff"), { signal });
    return diffDefinitions(
      differences.flatMap(({ before }) => before ?? []),
      differences.flatMap(({ after }) => after ?? []),
    );
  },
  restore: (ws: string, n: number) => api.post<{ readonly release: number }>(releasesPath(ws, String(n), "restore")),
};
