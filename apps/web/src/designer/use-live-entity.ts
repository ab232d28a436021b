import type { EntityDocument, PublishedDefinition } from "@formwright/model";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

interface LiveDefinitions {
  readonly release: number;
  readonly definitions: readonly PublishedDefinition[];
}

/** Every definition that is live now: admins only. */
export function useLiveDefinitions() {
  const { slug, model } = useWorkspace();
  return useQuery({
    queryKey: ["definitions", slug, model.release],
    queryFn: ({ signal }) => api.get<LiveDefinitions>(path("w", slug, "definitions"), { signal }),
  });
}

/** An entity as it is live; null when it was never published (or is not known yet). */
export function useLiveEntity(key: string): EntityDocument | null {
  const live = useLiveDefinitions();
  const found = live.data?.definitions.find((definition) => definition.kind === "entity" && definition.key === key);
  return found?.kind === "entity" ? found : null;
}
