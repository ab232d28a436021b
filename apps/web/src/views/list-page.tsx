import { DownloadOutlined, FilterOutlined, PlusOutlined, SearchOutlined, UploadOutlined } from "@ant-design/icons";
import type { Entity, ListView } from "@formwright/model";
import { Badge, Button, Dropdown, Input, Popover, Skeleton } from "antd";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { propertyAt } from "../model/properties.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { expandFor } from "../records/read-value.ts";
import { type ListQuery, useRecordList } from "../records/use-records.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { useIsNarrow } from "../shell/use-is-narrow.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import { CountButton } from "./count-button.tsx";
import { useExport } from "./export.ts";
import { completeFilters, FilterBuilder } from "./filter-builder.tsx";
import css from "./list-page.module.css";
import {
  combinedFilter,
  type ListSettings,
  NO_FILTER,
  nextSort,
  settingsFromParams,
  settingsToParams,
  sortText,
} from "./list-settings.ts";
import { RecordCards } from "./record-cards.tsx";
import { RecordGrid } from "./record-grid.tsx";
import { SavedViewsMenu } from "./saved-views-menu.tsx";

interface Props {
  readonly entity: Entity;
  readonly view: ListView;
  /** Switches to other views of the same records. */
  readonly switcher?: React.ReactNode;
}

const PAGE_SIZE = 50;

/** Records in a list: search, filter, sort, columns, own views, selection. */
export function ListPage({ entity, view, switcher }: Props) {
  const t = useT();
  const text = useText();
  const isNarrow = useIsNarrow();
  const may = useMay();
  const { slug, model } = useWorkspace();
  const { settings, saved, change } = useListSettings(view);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const q = useDeferredValue(settings.q.trim());
  const properties = useMemo(
    () => settings.columns.map((path) => propertyAt(model, entity, path)).filter((one) => one !== null),
    [settings.columns, model, entity],
  );
  const query = useMemo<ListQuery>(
    () => ({
      filter: combinedFilter(model, view, completeFilters(settings.filter)),
      sort: sortText(settings.sort),
      fields: [...new Set([entity.titleField, ...properties.map((property) => property.path)])],
      expand: expandFor(properties.map((property) => property.path)),
      q,
      limit: PAGE_SIZE,
    }),
    [model, view, settings.filter, settings.sort, entity.titleField, properties, q],
  );
  const list = useRecordList(entity.key, query);
  const records = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const chosen = records.filter((record) => selected.has(record.id));
  const isFiltered = q !== "" || settings.filter.filters.length > 0;
  const fetchMore = useCallback(() => void list.fetchNextPage(), [list.fetchNextPage]);
  const widths = useMemo(
    () => Object.fromEntries(view.columns.map((column) => [column.field, column.width])),
    [view.columns],
  );
  const label = text(view.label, view.key);

  return (
    <div className={css.page}>
      <PageHeader
        icon={<Icon name={entity.icon} />}
        title={label}
        tags={<CountButton entity={entity.key} query={query} />}
        actions={
          <>
            {switcher}
            {may(entity.key, "import") && !entity.system && !isNarrow && (
              <Link to={`/w/${slug}/r/${entity.key}/import`}>
                <Button icon={<UploadOutlined aria-hidden />}>{t("views.import")}</Button>
              </Link>
            )}
            {may(entity.key, "export") && !isNarrow && <ExportButton entity={entity} query={query} />}
            {may(entity.key, "create") && !entity.system && (
              <Link to={`/w/${slug}/r/${entity.key}/new`}>
                <Button type="primary" icon={<PlusOutlined aria-hidden />}>
                  {t("records.newOf", { entity: text(entity.label, entity.key) })}
                </Button>
              </Link>
            )}
          </>
        }
      />
      <div className={css.tools}>
        <Input
          className={css.search}
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("views.search", { name: label })}
          aria-label={t("views.search", { name: label })}
          value={settings.q}
          onChange={(event) => change({ q: event.target.value })}
        />
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={<FilterBuilder entity={entity} value={settings.filter} onChange={(filter) => change({ filter })} />}
        >
          <Badge count={settings.filter.filters.length} size="small" color="var(--color-primary)">
            <Button icon={<FilterOutlined aria-hidden />}>{t("views.filter")}</Button>
          </Badge>
        </Popover>
        <SavedViewsMenu view={view} settings={settings} current={saved} onChoose={(next, id) => change(next, id)} />
        {!isNarrow && (
          <span className={css.end}>
            <ColumnChooser entity={entity} value={settings.columns} onChange={(columns) => change({ columns })} />
          </span>
        )}
      </div>
      <div className={isNarrow ? css.plain : `panel ${css.body}`}>
        {chosen.length > 0 && <BulkBar entity={entity} records={chosen} onDone={() => setSelected(new Set())} />}
        {list.isPending && <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 16 }} />}
        {list.isError && <ListProblem error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && records.length === 0 && (
          <NothingHere entity={entity} isFiltered={isFiltered} onClear={() => change({ q: "", filter: NO_FILTER })} />
        )}
        {records.length > 0 &&
          (isNarrow ? (
            <RecordCards
              entity={entity}
              properties={properties}
              records={records}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetchingNextPage}
              onMore={fetchMore}
            />
          ) : (
            <RecordGrid
              entity={entity}
              properties={properties}
              widths={widths}
              records={records}
              sort={settings.sort}
              onSort={(field) => change({ sort: nextSort(settings.sort, field, view.sort ?? []) })}
              selected={selected}
              onSelect={setSelected}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetchingNextPage}
              onMore={fetchMore}
              label={label}
            />
          ))}
      </div>
    </div>
  );
}

/** The settings live in the address, so that a reload and the way back show the same list. */
function useListSettings(view: ListView) {
  const [params, setParams] = useSearchParams();
  const [settings, setSettings] = useState<ListSettings>(() => settingsFromParams(view, params));
  const [saved, setSaved] = useState<string | null>(() => params.get("saved"));

  useEffect(() => {
    const next = settingsToParams(view, settings);
    if (saved !== null) next.set("saved", saved);
    if (next.toString() !== params.toString()) setParams(next, { replace: true });
  }, [view, settings, saved, params, setParams]);

  const change = (part: Partial<ListSettings>, nextSaved: string | null = saved) => {
    setSettings((before) => ({ ...before, ...part }));
    setSaved(nextSaved);
  };
  return { settings, saved, change };
}

function ExportButton({ entity, query }: { readonly entity: Entity; readonly query: ListQuery }) {
  const t = useT();
  const { run, isBusy } = useExport(entity);
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "xlsx", label: t("views.exportXlsx") },
          { key: "csv", label: t("views.exportCsv") },
        ],
        onClick: ({ key }) => void run(key === "csv" ? "csv" : "xlsx", query),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={isBusy}>
        {t("views.export")}
      </Button>
    </Dropdown>
  );
}

interface NothingProps {
  readonly entity: Entity;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function NothingHere({ entity, isFiltered, onClear }: NothingProps) {
  const t = useT();
  const may = useMay();
  const isNarrow = useIsNarrow();
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchOutlined aria-hidden />}
        title={t("views.noMatch")}
        hint={t("views.noMatchHint")}
        action={<Button onClick={onClear}>{t("views.clearFilter")}</Button>}
      />
    );
  }
  const mayImport = may(entity.key, "import") && !isNarrow;
  const hint = mayImport ? "views.emptyHint" : "views.emptyHintCreate";
  return (
    <EmptyState
      icon={<Icon name={entity.icon} />}
      title={t("views.empty")}
      hint={t(may(entity.key, "create") && !entity.system ? hint : "views.emptyHintRead")}
    />
  );
}

function ListProblem({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useT();
  if (!(error instanceof ApiProblem) || error.status !== 422) return <NotFoundPage error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      title={error.detail}
      hint={error.errors.map((one) => one.message).join(" ")}
      action={<Button onClick={onRetry}>{t("common.retry")}</Button>}
    />
  );
}
