import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import type { History } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { recordsPath } from "./use-records.ts";

/** Everything that happened to a record, newest first. */
export function useHistory(entity: string, id: string) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: ["record", slug, entity, id, "history"],
    queryFn: ({ pageParam, signal }) =>
      api.get<History>(recordsPath(slug, entity, id, "history"), {
        signal,
        query: { limit: 30, cursor: pageParam },
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
  });
}

export function useAddComment(entity: string, id: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post(recordsPath(slug, entity, id, "comments"), { text }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["record", slug, entity, id, "history"] }),
  });
}
