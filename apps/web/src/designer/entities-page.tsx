import { CodeOutlined, DatabaseOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import type { EntityDocument } from "@formwright/model";
import { useQueries } from "@tanstack/react-query";
import { Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../api/api.ts";
import { path } from "../api/client.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useModel, useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { namedColor } from "../theme/tokens.ts";
import css from "./designer.module.css";
import { DraftBar } from "./draft/draft-bar.tsx";
import { definitionsOf, useDraft } from "./draft/use-draft.ts";
import { fieldKeys } from "./edits/edit-entity.ts";
import { NewEntityDialog } from "./new-entity-dialog.tsx";
import { Pill } from "./pill.tsx";

/** `/admin/entities`: what the workspace keeps records of. */
export function EntitiesPage() {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const draft = useDraft();
  const [wanted, setWanted] = useState("");
  const [isNewOpen, setNewOpen] = useState(false);
  const entities = definitionsOf(draft.data, "entity");
  const counts = useRecordCounts(entities);
  const needle = wanted.trim().toLowerCase();
  const shown = entities.filter(
    (entity) => !needle || `${entity.key} ${text(entity.label)}`.toLowerCase().includes(needle),
  );
  const isEmpty = draft.data !== undefined && entities.every((entity) => entity.system);

  if (draft.isError) return <NotFoundPage error={draft.error} onRetry={() => void draft.refetch()} />;
  const newButton = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNewOpen(true)}>
      {t("designer.newEntity")}
    </Button>
  );
  return (
    <div className={css.page}>
      <DraftBar />
      <PageHeader
        icon={<DatabaseOutlined />}
        title={t("designer.entitiesTitle")}
        hint={t("designer.entitiesHint")}
        actions={
          <>
            <Link to={`/w/${slug}/admin/definitions`}>
              <Button icon={<CodeOutlined />}>{t("designer.allDefinitions")}</Button>
            </Link>
            {newButton}
          </>
        }
      />
      {entities.length > 6 && (
        <div className={css.tools}>
          <Input
            allowClear
            prefix={<SearchOutlined />}
            value={wanted}
            placeholder={t("designer.searchEntities")}
            aria-label={t("designer.searchEntities")}
            onChange={(event) => setWanted(event.target.value)}
          />
        </div>
      )}
      {isEmpty && (
        <EmptyState
          icon={<DatabaseOutlined />}
          title={t("designer.noEntities")}
          hint={t("designer.noEntitiesHint")}
          action={
            <span style={{ display: "flex", gap: 8 }}>
              <Link to={`/w/${slug}/admin/templates`}>
                <Button>{t("designer.toTemplates")}</Button>
              </Link>
              {newButton}
            </span>
          }
        />
      )}
      {draft.isPending && <Skeleton active />}
      <div className={css.cards}>
        {shown.map((entity) => (
          <EntityCard key={entity.key} entity={entity} count={counts.get(entity.key)} />
        ))}
      </div>
      <NewEntityDialog open={isNewOpen} onClose={() => setNewOpen(false)} />
    </div>
  );
}

function EntityCard({ entity, count }: { readonly entity: EntityDocument; readonly count: number | undefined }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const isLive = useModel().entities.has(entity.key);
  const draft = useDraft();
  const change = draft.data?.changes.find((item) => item.kind === "entity" && item.key === entity.key);
  const color = namedColor(entity.color);
  return (
    <Link to={`/w/${slug}/admin/entities/${entity.key}`} className={css.entityCard} data-entity={entity.key}>
      <span className={css.entityIcon} style={{ background: color.soft, color: color.text }}>
        <Icon name={entity.icon} />
      </span>
      <span className={css.entityText}>
        <strong>{text(entity.plural, "") || text(entity.label, entity.key)}</strong>
        <span className={`${css.figures} numeric`}>
          {t("designer.fields", { n: fieldKeys(entity).length })}
          {isLive && count !== undefined && ` · ${t("designer.records", { n: count })}`}
        </span>
        <span className={css.marks}>
          {entity.system && <Pill>{t("designer.systemEntity")}</Pill>}
          {!isLive && <Pill color="gold">{t("designer.notPublished")}</Pill>}
          {isLive && change && <Pill color="gold">{t("designer.changedInDraft")}</Pill>}
        </span>
      </span>
    </Link>
  );
}

/** Estimated counts of live entities: one cheap request each, kept for a minute. */
function useRecordCounts(entities: readonly EntityDocument[]): ReadonlyMap<string, number> {
  const { slug } = useWorkspace();
  const model = useModel();
  const live = entities.filter((entity) => model.entities.has(entity.key));
  const results = useQueries({
    queries: live.map((entity) => ({
      queryKey: ["record-count", slug, entity.key],
      staleTime: 60_000,
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        api.get<{ readonly count?: { readonly value: number } }>(path("w", slug, "records", entity.key), {
          signal,
          query: { limit: 1, count: "exact", fields: "id" },
        }),
    })),
  });
  const counts = new Map<string, number>();
  live.forEach((entity, index) => {
    const value = results[index]?.data?.count?.value;
    if (value !== undefined) counts.set(entity.key, value);
  });
  return counts;
}
