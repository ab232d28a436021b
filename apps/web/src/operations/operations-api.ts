import type { Json, JsonObject } from "@formwright/model";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path, type Query } from "../api/client.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

export type JobState = "waiting" | "queued" | "done" | "failed" | "cancelled";
export const JOB_STATES: readonly JobState[] = ["waiting", "queued", "failed", "done", "cancelled"];

export interface JobJson {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly runAt: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly payload: JsonObject;
  readonly createdAt: string;
  readonly doneAt: string | null;
}

export type RunState = "done" | "skipped" | "failed";
export const RUN_STATES: readonly RunState[] = ["done", "failed", "skipped"];

export interface RunJson {
  readonly id: string;
  readonly automation: string;
  readonly release: number;
  readonly entity: string;
  readonly recordId: string;
  readonly trigger: Json;
  readonly state: RunState;
  readonly input: Json;
  readonly steps: Json;
  readonly output: Json;
  readonly error: string | null;
  readonly startedAt: string;
}

export interface MailJson {
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  /** Only when the mail has a formatted body. */
  readonly html?: string | null;
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list of the administration, page by page, under a query key that server events mark as stale. */
export function useOperationPages<T, P extends PageOf<T> = PageOf<T>>(
  name: "jobs" | "runs" | "outbox",
  query: Query = {},
) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [name, slug, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<P>(path("w", slug, name), { signal, query: { ...query, limit: 50, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: 15_000,
  });
}
