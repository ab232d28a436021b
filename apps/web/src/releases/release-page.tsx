import { RollbackOutlined } from "@ant-design/icons";
import { diffDefinitions } from "@formwright/model";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { restartEditors } from "../designer/draft/use-draft.ts";
import { Pill } from "../designer/pill.tsx";
import { useLiveDefinitions } from "../designer/use-live-entity.ts";
import { useT } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { ChangeList } from "./change-list.tsx";
import { Moment } from "./moment.tsx";
import css from "./releases.module.css";
import { type ReleaseDetail, releasesApi } from "./releases-api.ts";

/** `/admin/releases/:n`: one release, what it changed, and the way back to it. */
export function ReleasePage() {
  const t = useT();
  const { slug } = useWorkspace();
  const model = useModel();
  const n = Number(useParams().n);
  const [isAsking, setAsking] = useState(false);
  const release = useQuery({
    queryKey: ["releases", slug, n],
    queryFn: ({ signal }) => releasesApi.read(slug, n, signal),
  });
  const diff = useQuery({
    queryKey: ["releases", slug, n, "diff"],
    queryFn: ({ signal }) => releasesApi.changes(slug, n, signal),
    enabled: n > 1,
  });
  if (release.isError) return <NotFoundPage error={release.error} onRetry={() => void release.refetch()} />;
  if (!release.data) return <Skeleton active />;
  const isCurrent = model.release === n;
  const publisher = release.data.publishedByName;
  return (
    <div>
      <PageHeader
        title={t("draft.release", { n })}
        crumbs={[{ label: t("draft.releasesTitle"), to: `/w/${slug}/admin/releases` }]}
        tags={isCurrent && <Pill color="green">{t("draft.current")}</Pill>}
        hint={
          <>
            <Moment at={release.data.publishedAt} />
            {publisher && ` · ${t("draft.by", { name: publisher })}`}
          </>
        }
        actions={
          !isCurrent && (
            <Button icon={<RollbackOutlined />} onClick={() => setAsking(true)}>
              {t("draft.restore")}
            </Button>
          )
        }
      />
      {release.data.message && <p className={css.message}>{release.data.message}</p>}
      <section className={`panel ${css.changes}`}>
        <h2>{t("draft.whatChanged")}</h2>
        {n === 1 && <p className="muted">{t("draft.firstRelease")}</p>}
        {diff.isPending && n > 1 && <Skeleton active />}
        {diff.isError && <NotFoundPage error={diff.error} onRetry={() => void diff.refetch()} />}
        {diff.data &&
          (diff.data.length > 0 ? (
            <ChangeList changes={diff.data} />
          ) : (
            <EmptyState compact title={t("draft.nothingChanged")} />
          ))}
      </section>
      {isAsking && <RestoreDialog release={release.data} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Shows how the release differs from what is live, and publishes it again. */
function RestoreDialog({ release, onClose }: { readonly release: ReleaseDetail; readonly onClose: () => void }) {
  const t = useT();
  const { slug } = useWorkspace();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const live = useLiveDefinitions();
  const changes = diffDefinitions(live, release.definitions);
  const restore = useMutation({
    mutationFn: () => releasesApi.restore(slug, release.number),
    onSuccess: async (answer) => {
      await Promise.all(
        ["model", "draft", "releases", "definitions"].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key, slug] }),
        ),
      );
      restartEditors();
      void message.success(t("draft.restored", { n: release.number }));
      onClose();
      await navigate(`/w/${slug}/admin/releases/${answer.release}`);
    },
  });
  return (
    <Modal
      open
      width={640}
      title={t("draft.restoreTitle", { n: release.number })}
      okText={t("draft.restore")}
      confirmLoading={restore.isPending}
      onOk={() => restore.mutate()}
      onCancel={onClose}
    >
      <p>{t("draft.restoreHint", { n: release.number })}</p>
      <div className={css.scroll}>
        <p className={css.subtitle}>{t("draft.restoreDrop")}</p>
        {changes.length > 0 ? <ChangeList changes={changes} /> : <p className="muted">{t("draft.nothingChanged")}</p>}
      </div>
    </Modal>
  );
}
