import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import type { ListSettings } from "./list-settings.ts";

/** A way to look at records that somebody keeps. */
export interface SavedView {
  readonly id: string;
  readonly entity: string;
  /** The published view that it varies. */
  readonly view: string | null;
  readonly name: string;
  readonly owner: string;
  readonly shared: boolean;
  readonly definition: Partial<ListSettings>;
  readonly version: number;
}

/** My views of an entity, and those that others share. */
export function useSavedViews(entity: string) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["savedViews", slug, entity],
    queryFn: async ({ signal }) => {
      const answer = await api.get<{ readonly items: readonly SavedView[] }>(`${path("w", slug)}/saved-views`, {
        signal,
        query: { entity },
      });
      return answer.items;
    },
  });
}

export function useSaveView(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      view,
      name,
      shared,
      settings,
    }: {
      readonly view: string;
      readonly name: string;
      readonly shared: boolean;
      readonly settings: ListSettings;
    }) => api.post<SavedView>(`${path("w", slug)}/saved-views`, { entity, view, name, shared, definition: settings }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["savedViews", slug, entity] }),
  });
}

/** Another name, other settings, or whether others see it. */
export function useChangeView(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      ...part
    }: { readonly id: string } & Partial<Pick<SavedView, "name" | "shared" | "definition">>) =>
      api.patch<SavedView>(path("w", slug, "saved-views", id), part),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["savedViews", slug, entity] }),
  });
}

export function useDeleteView(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(path("w", slug, "saved-views", id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["savedViews", slug, entity] }),
  });
}
