import type { Json } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Page, RecordJson } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

export interface ListQuery {
  readonly filter?: Rule | null;
  /** As on the wire: "-amount,name". */
  readonly sort?: string;
  readonly fields?: readonly string[];
  readonly expand?: readonly string[];
  readonly q?: string;
  readonly limit?: number;
  readonly deleted?: boolean;
}

/** Where the records of an entity lie. */
export function recordsPath(slug: string, entity: string, ...rest: readonly string[]): string {
  return path("w", slug, "records", entity, ...rest);
}

/** One page of a list. */
export function fetchPage(
  slug: string,
  entity: string,
  query: ListQuery & { readonly cursor?: string | null; readonly count?: "exact" | "estimated" | "none" },
  signal?: AbortSignal,
): Promise<Page<RecordJson>> {
  const { filter, fields, expand, q, ...rest } = query;
  return api.get<Page<RecordJson>>(recordsPath(slug, entity), {
    ...(signal === undefined ? {} : { signal }),
    query: {
      ...rest,
      filter: filter === undefined || filter === null ? undefined : JSON.stringify(filter),
      fields: fields?.join(","),
      expand: expand === undefined || expand.length === 0 ? undefined : expand.join(","),
      q: q === "" ? undefined : q,
      deleted: rest.deleted === true ? true : undefined,
    },
  });
}

/** A list, page by page. Keyset cursors: page 2,000 costs what page 1 costs. */
export function useRecordList(entity: string, query: ListQuery, isEnabled = true) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: ["records", slug, entity, "list", query],
    queryFn: ({ pageParam, signal }) => fetchPage(slug, entity, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isEnabled,
    placeholderData: (before) => before,
  });
}

/** One record. `refetch` shows what others changed. */
export function useRecord(entity: string, id: string, expand: readonly string[] = []) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["record", slug, entity, id, "record", expand],
    queryFn: ({ signal }) =>
      api.get<RecordJson>(recordsPath(slug, entity, id), {
        signal,
        query: { expand: expand.length === 0 ? undefined : expand.join(",") },
      }),
    retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.status === 0,
  });
}

export type Values = Readonly<Record<string, Json>>;

/** Everything that lists and pages of an entity show may have changed. */
export function invalidateEntity(queryClient: QueryClient, slug: string, entity: string, id?: string): void {
  void queryClient.invalidateQueries({ queryKey: ["records", slug, entity] });
  void queryClient.invalidateQueries({
    queryKey: id === undefined ? ["record", slug, entity] : ["record", slug, entity, id],
  });
  // Lists of other entities that refer to this one, and what waits for somebody.
  void queryClient.invalidateQueries({ queryKey: ["related", slug] });
  void queryClient.invalidateQueries({ queryKey: ["tasks", slug] });
}

export function useCreateRecord(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ values, key }: { readonly values: Values; readonly key: string }) =>
      api.post<RecordJson>(recordsPath(slug, entity), { values }, { idempotencyKey: key }),
    onSuccess: () => invalidateEntity(queryClient, slug, entity),
    meta: { silent: true },
  });
}

export interface RecordChange {
  readonly id: string;
  readonly values: Values;
  /** Missing: over whatever is there. */
  readonly version?: number;
}

export function useUpdateRecord(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, values, version }: RecordChange) =>
      api.patch<RecordJson>(
        recordsPath(slug, entity, id),
        { values },
        version === undefined ? {} : { ifMatch: version },
      ),
    onSuccess: (record) => invalidateEntity(queryClient, slug, entity, record.id),
    meta: { silent: true },
  });
}

export function useDeleteRecord(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(recordsPath(slug, entity, id)),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["records", slug, entity] }),
  });
}

export function useRestoreRecord(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<RecordJson>(recordsPath(slug, entity, id, "restore")),
    onSuccess: (_record, id) => invalidateEntity(queryClient, slug, entity, id),
  });
}

export interface BulkInput {
  readonly update?: readonly { readonly id: string; readonly values: Values; readonly version?: number }[];
  readonly delete?: readonly string[];
}

export interface BulkResult {
  readonly results: readonly {
    readonly index: number;
    readonly status: number;
    readonly record?: RecordJson;
    readonly problem?: { readonly detail?: string };
  }[];
}

export function useBulk(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: BulkInput) => api.post<BulkResult>(recordsPath(slug, entity, "bulk"), input),
    onSuccess: () => invalidateEntity(queryClient, slug, entity),
  });
}
