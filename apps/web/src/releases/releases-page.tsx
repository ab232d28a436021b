import { HistoryOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link } from "react-router";
import { Pill } from "../designer/pill.tsx";
import { useT } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { Moment } from "./moment.tsx";
import css from "./releases.module.css";
import { type Release, releasesApi } from "./releases-api.ts";

/** `/admin/releases`: every publication, newest first. */
export function ReleasesPage() {
  const t = useT();
  const { slug } = useWorkspace();
  const releases = useQuery({ queryKey: ["releases", slug], queryFn: ({ signal }) => releasesApi.list(slug, signal) });
  if (releases.isError) return <NotFoundPage error={releases.error} onRetry={() => void releases.refetch()} />;
  return (
    <div>
      <PageHeader icon={<HistoryOutlined />} title={t("draft.releasesTitle")} hint={t("draft.releasesHint")} />
      {releases.isPending && <Skeleton active />}
      {releases.data?.items.length === 0 && <EmptyState title={t("draft.noReleases")} />}
      <ol className={css.list}>
        {releases.data?.items.map((release) => (
          <ReleaseItem key={release.number} release={release} />
        ))}
      </ol>
    </div>
  );
}

function ReleaseItem({ release }: { readonly release: Release }) {
  const t = useT();
  const { slug } = useWorkspace();
  const isCurrent = useModel().release === release.number;
  const publisher = release.publishedByName;
  const count = release.changes.length;
  return (
    <li>
      <Link to={`/w/${slug}/admin/releases/${release.number}`} className={css.item}>
        <span className={`${css.number} numeric`}>{release.number}</span>
        <span className={css.words}>
          <strong>{release.message || t("draft.noMessage")}</strong>
          <span className="muted">
            <Moment at={release.publishedAt} />
            {publisher && ` · ${t("draft.by", { name: publisher })}`}
            {count > 0 && ` · ${t("draft.changes", { n: count })}`}
          </span>
        </span>
        {isCurrent && <Pill color="green">{t("draft.current")}</Pill>}
      </Link>
    </li>
  );
}
