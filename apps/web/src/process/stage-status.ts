import type { LocalText } from "@formwright/model";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import type { RecordJson, Ref } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { invalidateEntity, recordsPath, type Values } from "../records/use-records.ts";

/** One thing that a move still needs. */
export interface Missing {
  readonly kind: "field" | "criterion" | "checklist" | "comment";
  readonly key: string;
  /** Fields that would satisfy it. */
  readonly fields: readonly string[];
  readonly label: LocalText;
  readonly message: LocalText;
}

export interface StageMove {
  readonly to: string;
  readonly label: LocalText;
  readonly missing: readonly Missing[];
  readonly ask: readonly string[];
  readonly requireComment: boolean;
  /** Key of the approval that has to say yes first. */
  readonly needsApproval: string | null;
  readonly isForward: boolean;
}

export interface ChecklistState {
  readonly key: string;
  readonly label: LocalText;
  readonly help?: LocalText | null;
  readonly required?: boolean;
  readonly dueAt?: string | null;
  readonly done: { readonly by: Ref | null; readonly at: string } | null;
}

export interface StageStatus {
  readonly field: string;
  readonly stage: string | null;
  readonly since: string | null;
  /** When the stage's time limit ends. */
  readonly dueAt: string | null;
  readonly checklist: readonly ChecklistState[];
  readonly transitions: readonly StageMove[];
  /** The approval that a move waits for. */
  readonly waiting: { readonly approval: string; readonly to: string } | null;
}

/** Where a record stands, what it may move to, and what is missing for that. */
export function useStageStatus(entity: string, id: string, isEnabled: boolean) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["record", slug, entity, id, "stage"],
    queryFn: ({ signal }) => api.get<StageStatus>(recordsPath(slug, entity, id, "stage"), { signal }),
    enabled: isEnabled,
  });
}

export interface TransitionInput {
  readonly id: string;
  readonly to: string;
  readonly values?: Values;
  readonly comment?: string;
  readonly version?: number;
  /** The screen that it was done on: the form unless said otherwise. */
  readonly door?: "board";
}

/** Moves a record. `waits` when an approval was started instead. */
export function useTransition(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, version, door, ...body }: TransitionInput) => {
      const answer = await api.send<RecordJson | null>("POST", recordsPath(slug, entity, id, "transition"), {
        body,
        ...(version === undefined ? {} : { ifMatch: version }),
        ...(door === undefined ? {} : { headers: { "X-Door": door } }),
      });
      return { waits: answer.status === 202, record: answer.status === 202 ? null : answer.data };
    },
    onSuccess: (_answer, { id }) => invalidateEntity(queryClient, slug, entity, id),
    meta: { silent: true },
  });
}

/** Ticks an item of the present stage's checklist, or takes the tick back. */
export function useChecklist(entity: string, id: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ item, done }: { readonly item: string; readonly done: boolean }) =>
      api.post(recordsPath(slug, entity, id, "checklist", item), { done }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["record", slug, entity, id] }),
  });
}
