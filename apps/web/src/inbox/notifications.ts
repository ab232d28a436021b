import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import type { NotificationJson, Page } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

interface NotificationPage extends Page<NotificationJson> {
  readonly unread: number;
}

/** The inbox, newest first, page by page. */
export function useNotifications(onlyUnread: boolean) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: ["notifications", slug, "list", onlyUnread],
    queryFn: ({ pageParam, signal }) =>
      api.get<NotificationPage>(`${path("w", slug)}/notifications`, {
        signal,
        query: { cursor: pageParam, limit: 30, unread: onlyUnread ? true : undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** How many are unread: the number at the bell. */
export function useUnreadCount(): number {
  const { slug } = useWorkspace();
  const query = useQuery({
    queryKey: ["notifications", slug, "unread"],
    queryFn: ({ signal }) =>
      api.get<NotificationPage>(`${path("w", slug)}/notifications`, { signal, query: { limit: 1 } }),
    select: (page) => page.unread,
  });
  return query.data ?? 0;
}

/** Marks some as read, or all of them. */
export function useMarkRead() {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[] | "all") => api.post(`${path("w", slug)}/notifications/read`, { ids }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["notifications", slug] }),
  });
}
