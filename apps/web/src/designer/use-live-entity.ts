import type { EntityDocument, PublishedDefinition } from "@formwright/model";
import { useQueryClient } from "@tanstack/react-query";
import type { ModelDocument } from "../model/read-model.ts";
import { useWorkspace } from "../model/workspace-context.tsx";

const NONE: readonly PublishedDefinition[] = [];

/** Every definition that is live now, as stored: the document that the model on screen was read from. */
export function useLiveDefinitions(): readonly PublishedDefinition[] {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return queryClient.getQueryData<ModelDocument>(["model", slug])?.definitions ?? NONE;
}

/** An entity as it is live; null when it was never published. */
export function useLiveEntity(key: string): EntityDocument | null {
  const found = useLiveDefinitions().find((definition) => definition.kind === "entity" && definition.key === key);
  return found?.kind === "entity" ? found : null;
}
