import { HolderOutlined } from "@ant-design/icons";
import { useDraggable, useDroppable } from "@dnd-kit/core";
import { widgetOf } from "@formwright/fields/widget";
import type { Entity, KanbanView } from "@formwright/model";
import { Button, Skeleton } from "antd";
import type { KeyboardEventHandler, PointerEventHandler } from "react";
import type { RecordJson } from "../api/wire.ts";
import { useFormat } from "../i18n/format.ts";
import { useT } from "../i18n/locale.ts";
import { useModel } from "../model/workspace-context.tsx";
import { expandFor } from "../records/read-value.ts";
import { useRecordList } from "../records/use-records.ts";
import { titleOf, useWidgetEnvironment } from "../records/widget-environment.tsx";
import { namedColor } from "../theme/tokens.ts";
import { BoardCard } from "./board-card.tsx";
import css from "./board-column.module.css";
import { type BoardColumn, boardFields, columnFilter } from "./board-columns.ts";
import type { PendingMove } from "./board-page.tsx";
import { sortText } from "./list-settings.ts";
import type { ColumnFigures } from "./use-board-figures.ts";

interface Props {
  readonly entity: Entity;
  readonly view: KanbanView;
  readonly column: BoardColumn;
  readonly label: string;
  readonly figures: ColumnFigures | null;
  readonly q: string;
  readonly pending: readonly PendingMove[];
  readonly canDrag: boolean;
  /** False while a card is dragged that cannot come here. */
  readonly isPossible: boolean;
}

const PAGE_SIZE = 20;

export function columnId(value: string | null): string {
  return `column:${value ?? ""}`;
}

/** One column: its figures, its cards page by page, and the place to drop one. */
export function BoardColumnView({ entity, view, column, label, figures, q, pending, canDrag, isPossible }: Props) {
  const t = useT();
  const format = useFormat();
  const model = useModel();
  const fields = boardFields(model, entity, view);
  const list = useRecordList(entity.key, {
    filter: columnFilter(view, column.value),
    fields,
    expand: expandFor(fields),
    sort: sortText(view.sort ?? []),
    q,
    limit: PAGE_SIZE,
  });
  const { setNodeRef, isOver } = useDroppable({ id: columnId(column.value), data: { value: column.value } });
  const fetched = list.data?.pages.flatMap((page) => page.items) ?? [];
  const records = withPending(fetched, pending, column.value);
  const moved =
    pending.filter((move) => move.to === column.value).length -
    pending.filter((move) => move.from === column.value).length;
  const classes = [css.column, isOver && isPossible && css.over, !isPossible && css.impossible]
    .filter(Boolean)
    .join(" ");
  return (
    <section ref={setNodeRef} className={classes} aria-label={label}>
      <header className={css.head}>
        <span className={css.dot} style={{ background: namedColor(column.choice?.color).dot }} />
        <h2 className={css.title}>{label}</h2>
        <span className={css.count}>{format.number((figures?.count ?? 0) + (figures === null ? 0 : moved))}</span>
        {figures?.sum != null && view.sum !== undefined && (
          <span className={css.sum}>
            <Sum entity={entity} field={view.sum} value={figures.sum} />
          </span>
        )}
      </header>
      <ul className={css.cards}>
        {list.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
        {records.map((record) => (
          <li key={record.id}>
            <DraggableCard entity={entity} view={view} record={record} canDrag={canDrag} />
          </li>
        ))}
        {list.isSuccess && records.length === 0 && <li className={css.empty}>{t("views.nothingInColumn")}</li>}
      </ul>
      {list.hasNextPage && (
        <Button
          type="text"
          size="small"
          className={css.more}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("views.moreInColumn")}
        </Button>
      )}
    </section>
  );
}

function Sum({
  entity,
  field: key,
  value,
}: {
  readonly entity: Entity;
  readonly field: string;
  readonly value: number;
}) {
  const env = useWidgetEnvironment();
  const field = entity.fields.find((one) => one.key === key);
  if (field === undefined) return null;
  const { Cell } = widgetOf(field.kind);
  return <Cell field={field} value={value} env={env} />;
}

interface CardProps {
  readonly entity: Entity;
  readonly view: KanbanView;
  readonly record: RecordJson;
  readonly canDrag: boolean;
}

function DraggableCard({ entity, view, record, canDrag }: CardProps) {
  const t = useT();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: !canDrag,
  });
  return (
    // The pointer may take the card anywhere; the keyboard takes it by its handle, so that links in it stay links.
    <div
      ref={setNodeRef}
      onPointerDown={listeners?.onPointerDown as PointerEventHandler | undefined}
      className={isDragging ? css.dragging : css.card}
    >
      <BoardCard entity={entity} view={view} record={record} />
      {canDrag && (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          onKeyDown={listeners?.onKeyDown as KeyboardEventHandler | undefined}
          className={css.handle}
          aria-label={t("views.moveCard", { title: titleOf(record.values[entity.titleField]) ?? "" })}
        >
          <HolderOutlined aria-hidden />
        </button>
      )}
    </div>
  );
}

/** The cards as they will be when the moves under way have been made. */
function withPending(
  records: readonly RecordJson[],
  pending: readonly PendingMove[],
  value: string | null,
): readonly RecordJson[] {
  const leaving = new Set(pending.filter((move) => move.to !== value).map((move) => move.record.id));
  const staying = records.filter((record) => !leaving.has(record.id));
  const known = new Set(staying.map((record) => record.id));
  const coming = pending.filter((move) => move.to === value && !known.has(move.record.id)).map((move) => move.record);
  return [...coming, ...staying];
}
