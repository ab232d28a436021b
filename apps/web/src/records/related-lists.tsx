import { PlusOutlined } from "@ant-design/icons";
import type { Entity, Model, RelatedList } from "@formwright/model";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { Page, RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { propertyAt } from "../model/properties.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { formFor } from "./form-layout.ts";
import { useQuickCreate } from "./quick-create-context.tsx";
import { expandFor } from "./read-value.ts";
import { RecordTable } from "./record-table.tsx";
import { fetchPage } from "./use-records.ts";

interface Props {
  readonly entity: Entity;
  readonly record: RecordJson;
}

/** The records that refer to this one, list by list, each with a way to add one. */
export function RelatedLists({ entity, record }: Props) {
  const { model } = useWorkspace();
  return relatedLists(model, entity).map((list) => <OneList key={list.key} list={list} record={record} />);
}

/** What the form says to show; without that, every entity with a reference here. */
export function relatedLists(model: Model, entity: Entity): readonly RelatedList[] {
  const defined = formFor(model, entity, "detail").related;
  if (defined !== undefined) return defined.filter((list) => model.entities.has(list.entity));
  return [...model.entities.values()]
    .filter((other) => !other.system)
    .flatMap((other) =>
      other.fields
        .filter((field) => field.kind === "reference" && field.options.entity === entity.key)
        .map((field) => ({
          key: `${other.key}.${field.key}`,
          entity: other.key,
          field: field.key,
          columns: otherColumns(other, field.key),
        })),
    );
}

function otherColumns(entity: Entity, except: string): readonly string[] {
  const plain = entity.fields.filter(
    (field) => field.key !== except && field.kind !== "subform" && field.kind !== "longtext",
  );
  return [...new Set([entity.titleField, ...plain.map((field) => field.key)])].slice(0, 5);
}

const PAGE = 8;

function OneList({ list, record }: { readonly list: RelatedList; readonly record: RecordJson }) {
  const t = useT();
  const text = useText();
  const { slug, model } = useWorkspace();
  const queryClient = useQueryClient();
  const quickCreate = useQuickCreate();
  const may = useMay();
  const other = model.entities.get(list.entity);
  const filter = { "==": [{ var: list.field }, record.id] };
  const query = useInfiniteQuery({
    queryKey: ["related", slug, list.entity, list.field, record.id, list.columns],
    queryFn: ({ pageParam, signal }) =>
      fetchPage(
        slug,
        list.entity,
        { filter, fields: list.columns, expand: expandFor(list.columns), limit: PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<RecordJson>) => page.nextCursor,
    enabled: other !== undefined,
  });
  if (other === undefined) return null;
  const label = text(list.label ?? other.plural ?? other.label, list.entity);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const properties = list.columns.map((path) => propertyAt(model, other, path)).filter((one) => one !== null);

  const add = async () => {
    const made = await quickCreate?.(list.entity, "", { [list.field]: record.id });
    if (made) void queryClient.invalidateQueries({ queryKey: ["related", slug, list.entity] });
  };

  return (
    <section className="panel" style={{ overflow: "hidden" }}>
      <header style={{ display: "flex", alignItems: "center", gap: 8, padding: "10px 16px" }}>
        <h2 style={{ fontSize: 14, fontWeight: 650 }}>{label}</h2>
        {items.length > 0 && (
          <span className="muted numeric">
            {items.length}
            {query.hasNextPage && "+"}
          </span>
        )}
        {may(list.entity, "create") && (
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            style={{ marginInlineStart: "auto" }}
            aria-label={t("records.newOf", { entity: text(other.label, other.key) })}
            onClick={() => void add()}
          >
            {t("common.add")}
          </Button>
        )}
      </header>
      {query.isPending && <Skeleton active paragraph={{ rows: 2 }} style={{ padding: "0 16px 16px" }} />}
      {query.isSuccess && items.length === 0 && <EmptyState compact title={t("records.noneRelated", { label })} />}
      {items.length > 0 && <RecordTable entity={other} records={items} properties={properties} label={label} />}
      {query.hasNextPage && (
        <div style={{ padding: "8px 16px" }}>
          <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </section>
  );
}
