import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Space } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "../api/api.ts";
import type { RecordJson } from "../api/wire.ts";
import { useNotice } from "../app/notices.tsx";
import { useFormat } from "../i18n/format.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import css from "./record-table.module.css";
import { recordsPath, useRecordList, useRestoreRecord } from "./use-records.ts";
import { titleOf } from "./widget-environment.tsx";

/** What was deleted of an entity: bring it back, or (for administrators) delete it for good. */
export function RecycleBinPage() {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const notice = useNotice();
  const { entity: key = "" } = useParams();
  const { slug, model, me } = useWorkspace();
  const entity = model.entities.get(key);
  const list = useRecordList(key, { deleted: true, sort: "-deleted_at", limit: 50 }, entity !== undefined);
  const restore = useRestoreRecord(key);
  const purge = usePurge(key);
  const [doomed, setDoomed] = useState<RecordJson | null>(null);
  if (entity === undefined) return <NotFoundPage />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const label = text(entity.plural ?? entity.label, entity.key);
  return (
    <>
      <PageHeader
        icon={<DeleteOutlined aria-hidden />}
        title={t("shell.recycleBin")}
        crumbs={[{ label, to: `/w/${slug}/r/${entity.key}` }]}
        hint={t("records.binHint")}
      />
      <div className="panel" style={{ overflow: "hidden" }}>
        {list.isSuccess && items.length === 0 && (
          <EmptyState title={t("records.binEmpty")} icon={<DeleteOutlined aria-hidden />} />
        )}
        {items.length > 0 && (
          <div className={css.scroll}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{text(entity.label, entity.key)}</th>
                  <th scope="col">{t("records.deletedAt")}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t("common.restore")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((record) => (
                  <tr key={record.id}>
                    <td>{titleOf(record.values[entity.titleField]) ?? t("records.untitled")}</td>
                    <td>{record.deletedAt == null ? "" : format.dateTime(record.deletedAt)}</td>
                    <td style={{ textAlign: "right" }}>
                      <Space>
                        <Button
                          size="small"
                          onClick={() => restore.mutate(record.id, { onSuccess: () => notice(t("records.restored")) })}
                        >
                          {t("common.restore")}
                        </Button>
                        {me.isAdmin && (
                          <Button size="small" danger onClick={() => setDoomed(record)}>
                            {t("records.purge")}
                          </Button>
                        )}
                      </Space>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
      {list.hasNextPage && (
        <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      )}
      <Modal
        open={doomed !== null}
        title={t("records.purgeTitle")}
        okText={t("records.purge")}
        okButtonProps={{ danger: true, loading: purge.isPending }}
        onCancel={() => setDoomed(null)}
        onOk={() => doomed !== null && purge.mutate(doomed.id, { onSettled: () => setDoomed(null) })}
      >
        <p>{t("records.purgeHint", { title: titleOf(doomed?.values[entity.titleField]) ?? "" })}</p>
      </Modal>
    </>
  );
}

function usePurge(entity: string) {
  const { slug } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(recordsPath(slug, entity, id), { query: { purge: true } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["records", slug, entity] }),
  });
}
