import type { LocalText } from "@formwright/model";
import type { LogEntry } from "@formwright/steps";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import type { Page, Ref, TaskJson } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { invalidateEntity, recordsPath } from "../records/use-records.ts";

/** An approval instance as the server sends it. */
export interface ApprovalJson {
  readonly id: string;
  readonly key: string;
  readonly label: LocalText;
  readonly release: number;
  readonly entity: string;
  readonly record: Ref;
  readonly state: string;
  readonly transition: { readonly field: string; readonly to: string } | null;
  readonly startedBy: Ref | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly path: readonly {
    readonly step: { readonly key: string; readonly label: LocalText };
    readonly type: string;
    readonly state: "done" | "open" | "ahead" | "skipped";
    readonly tasks: readonly {
      readonly id: string;
      readonly assignee: Ref | null;
      readonly state: string;
      readonly decision: string | null;
    }[];
  }[];
  readonly log: readonly {
    readonly at: string;
    readonly actor: Ref | null;
    readonly kind: LogEntry["kind"];
    readonly step: { readonly key: string; readonly label: LocalText } | null;
    readonly comment: string | null;
    readonly decision: string | null;
    readonly members: readonly Ref[];
    readonly detail: string | null;
  }[];
  readonly actions: readonly string[];
  readonly myTask: { readonly id: string; readonly actions: readonly string[] } | null;
}

/** The approvals of a record, newest first. */
export function useApprovals(entity: string, id: string) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["record", slug, entity, id, "approvals"],
    queryFn: async ({ signal }) => {
      const answer = await api.get<{ readonly items: readonly ApprovalJson[] }>(
        recordsPath(slug, entity, id, "approvals"),
        { signal },
      );
      return answer.items;
    },
  });
}

/** open: waits for me; done: I decided; started: approvals that I started. */
export type TaskBox = "open" | "done" | "started";

/** An approval among those that I started. */
export interface StartedJson {
  readonly id: string;
  readonly approval: { readonly key: string; readonly label: LocalText };
  readonly entity: string;
  readonly record: Ref;
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

interface TaskPage<T> extends Page<T> {
  readonly counts: { readonly open: number; readonly started: number };
}

/** My tasks: to do or done. */
export function useTasks(box: "open" | "done", limit = 50) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["tasks", slug, box, limit],
    queryFn: ({ signal }) => api.get<TaskPage<TaskJson>>(`${path("w", slug)}/tasks`, { signal, query: { box, limit } }),
  });
}

export function useStartedApprovals() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["tasks", slug, "started"],
    queryFn: ({ signal }) =>
      api.get<TaskPage<StartedJson>>(`${path("w", slug)}/tasks`, { signal, query: { box: "started" } }),
  });
}

/** Decides on a task: approve, reject, return, comment, resubmit. */
export function useTaskAction(entity: string, id: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      task,
      action,
      comment,
    }: {
      readonly task: string;
      readonly action: string;
      readonly comment: string;
    }) => api.post(path("w", slug, "tasks", task, action), comment === "" ? {} : { comment }),
    onSettled: () => invalidateEntity(queryClient, slug, entity, id),
  });
}

/** The starter takes an approval back; an administrator names who decides, or ends it. */
export function useApprovalAction(entity: string, id: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      approval,
      action,
      comment,
      ...whom
    }: {
      readonly approval: string;
      readonly action: string;
      readonly comment: string;
      /** For `reassign`: the open task, and who decides instead. */
      readonly task?: string;
      readonly members?: readonly string[];
    }) => api.post(path("w", slug, "approvals", approval, action), { ...whom, ...(comment === "" ? {} : { comment }) }),
    onSettled: () => invalidateEntity(queryClient, slug, entity, id),
  });
}

/** Starts an approval by hand. */
export function useStartApproval(entity: string, id: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (approval: string) => api.post(recordsPath(slug, entity, id, "approvals", approval)),
    onSuccess: () => invalidateEntity(queryClient, slug, entity, id),
  });
}
