import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { Link, Navigate } from "react-router";
import { api } from "../api/api.ts";
import { useT } from "../i18n/locale.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { lastWorkspace } from "./last-workspace.ts";
import { sessionStore, useSession } from "./session-store.ts";

interface Status {
  readonly setUp: boolean;
  readonly version: string;
}

/** Where "/" leads: the first set-up, the sign-in, or the workspace somebody was in last. */
export function RootPage() {
  const t = useT();
  const session = useSession();
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => api.get<Status>("/status", { signal, authenticated: false }),
  });
  if (status.isError) return <NotFoundPage error={status.error} onRetry={() => void status.refetch()} />;
  if (status.data === undefined || session.state === "unknown") return <Waiting label={t("common.loading")} />;
  if (!status.data.setUp) return <Navigate to="/setup" replace />;
  if (session.state === "signedOut") return <Navigate to="/login" replace />;
  const [first] = session.workspaces;
  const last = session.workspaces.find((workspace) => workspace.slug === lastWorkspace());
  const only = last ?? (session.workspaces.length === 1 ? first : undefined);
  if (only !== undefined) return <Navigate to={`/w/${only.slug}`} replace />;
  return (
    <EmptyState
      title={first === undefined ? t("session.noWorkspace") : t("session.chooseWorkspace")}
      action={
        <ul>
          {session.workspaces.map((workspace) => (
            <li key={workspace.slug}>
              <Link to={`/w/${workspace.slug}`}>{workspace.name}</Link>
            </li>
          ))}
          <li>
            <Button type="link" onClick={() => void sessionStore.signOut()}>
              {t("shell.signOut")}
            </Button>
          </li>
        </ul>
      }
    />
  );
}

function Waiting({ label }: { readonly label: string }) {
  return (
    <div className="page-wait" role="status" aria-label={label}>
      <Spin size="large" />
    </div>
  );
}
