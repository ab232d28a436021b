import type { Definition, PublishedDefinition, PublishedKind } from "@formwright/model";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { useWorkspace } from "../../model/workspace-context.tsx";
import { type DraftDocument, draftApi } from "./draft-api.ts";

/** The draft of this workspace: what waits, and every definition as it would be. */
export function useDraft() {
  const { slug } = useWorkspace();
  return useQuery({ queryKey: ["draft", slug], queryFn: ({ signal }) => draftApi.read(slug, signal) });
}

/** The definitions of one kind in the draft. */
export function definitionsOf<K extends PublishedKind>(
  draft: DraftDocument | undefined,
  kind: K,
): readonly Extract<Definition, { kind: K }>[] {
  return (draft?.definitions ?? []).filter(
    (definition): definition is Extract<Definition, { kind: K }> & PublishedDefinition => definition.kind === kind,
  );
}

/** Marks what was read of the draft as no longer current. */
export function useRefreshDraft(): () => Promise<void> {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useCallback(() => queryClient.invalidateQueries({ queryKey: ["draft", slug] }), [queryClient, slug]);
}

/** Discards one change, or all of them when none is named; editors on screen start again from what is left. */
export function useDiscard() {
  const { slug } = useWorkspace();
  const refresh = useRefreshDraft();
  return useMutation({
    mutationFn: (change: { readonly kind: PublishedKind; readonly key: string } | null) =>
      change ? draftApi.discard(slug, change.kind, change.key) : draftApi.discardAll(slug),
    onSuccess: async () => {
      await refresh();
      restartEditors();
    },
  });
}

let epoch = 0;
const listeners = new Set<() => void>();

/** Tells every open editor that its definition was changed behind its back. */
export function restartEditors(): void {
  epoch += 1;
  for (const listener of listeners) listener();
}

/** A number that grows whenever editors have to start again; use it in their React key. */
export function useEditorEpoch(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => epoch,
  );
}
