import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "../model/workspace-context.tsx";
import { type ImportProgress, importApi } from "./import-api.ts";

const POLL_MS = 700;

export function isOver(progress: ImportProgress | undefined): boolean {
  return progress?.state === "checked" || progress?.state === "done" || progress?.state === "failed";
}

/** How far a job is: asked again and again until it is over, and at once when the server says that something moved. */
export function useImportProgress(entity: string, job: string, isStarted: boolean) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["import", slug, job],
    queryFn: ({ signal }) => importApi.progress(slug, entity, job, signal),
    enabled: isStarted,
    gcTime: 0,
    staleTime: 0,
    refetchInterval: (query) => (isOver(query.state.data) ? false : POLL_MS),
  });
}
