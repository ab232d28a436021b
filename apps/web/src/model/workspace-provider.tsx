import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { type ReactNode, useMemo } from "react";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { useServerEvents } from "../api/server-events.ts";
import { useT } from "../i18n/locale.ts";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { modelFor } from "./field-access.ts";
import { type ModelDocument, readModel } from "./read-model.ts";
import { type Me, WorkspaceContext } from "./workspace-context.tsx";

interface WorkspaceDocument extends ModelDocument {
  readonly workspace: { readonly slug: string; readonly name: string; readonly timeZone: string };
  readonly member: Me;
}

/** Loads the model of a workspace, keeps it current, and gives it to every screen below. */
export function WorkspaceProvider({ slug, children }: { readonly slug: string; readonly children: ReactNode }) {
  const t = useT();
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: ["model", slug],
    queryFn: ({ signal }) => api.get<WorkspaceDocument>(`${path("w", slug)}/model`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const document = query.data;
  const model = useMemo(
    () => (document === undefined ? null : modelFor(readModel(document), document.member)),
    [document],
  );
  useServerEvents(slug, queryClient);
  const value = useMemo(
    () =>
      document === undefined || model === null
        ? null
        : { slug, name: document.workspace.name, timeZone: document.workspace.timeZone, me: document.member, model },
    [slug, document, model],
  );
  if (value !== null) return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
  if (query.isError) return <NotFoundPage error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="page-wait" role="status" aria-label={t("common.loading")}>
      <Spin size="large" />
    </div>
  );
}
