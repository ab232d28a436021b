import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import type { Entity, KanbanView } from "@formwright/model";
import { App, Button, Input } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import { Link } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import type { RecordJson } from "../api/wire.ts";
import { useNotice } from "../app/notices.tsx";
import { reportProblem } from "../app/report-problem.ts";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import type { WantedMove } from "../process/move-request.ts";
import { useTransition } from "../process/stage-status.ts";
import { TransitionDialog } from "../process/transition-dialog.tsx";
import { useRecord, useUpdateRecord } from "../records/use-records.ts";
import { titleOf } from "../records/widget-environment.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { BoardCard } from "./board-card.tsx";
import { BoardColumnView, columnId } from "./board-column.tsx";
import { groupingOf, moveOf } from "./board-columns.ts";
import css from "./board-page.module.css";
import { useBoardFigures } from "./use-board-figures.ts";

interface Props {
  readonly entity: Entity;
  readonly view: KanbanView;
  readonly switcher?: React.ReactNode;
}

/** A card that was dropped somewhere and waits for the server's word. */
export interface PendingMove {
  readonly record: RecordJson;
  readonly from: string | null;
  readonly to: string | null;
}

/** Under the pointer if there is one, else nearest: the keyboard has no pointer. */
const findColumn: CollisionDetection = (args) => {
  const within = pointerWithin(args);
  return within.length > 0 ? within : closestCenter(args);
};

/** Records as cards in columns; dragging one moves it, by transition where there is a flow. */
export function BoardPage({ entity, view, switcher }: Props) {
  const t = useT();
  const text = useText();
  const notice = useNotice();
  const { message } = App.useApp();
  const { slug, model } = useWorkspace();
  const may = useMay();
  const grouping = useMemo(() => groupingOf(model, entity, view), [model, entity, view]);
  const [words, setWords] = useState("");
  const q = useDeferredValue(words.trim());
  const { figures, isEmpty } = useBoardFigures(entity, view, q);
  const [dragged, setDragged] = useState<RecordJson | null>(null);
  const [pending, setPending] = useState<readonly PendingMove[]>([]);
  const [asked, setAsked] = useState<{ readonly record: RecordJson; readonly wanted: WantedMove } | null>(null);
  const transition = useTransition(entity.key);
  const update = useUpdateRecord(entity.key);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byColumn }),
  );
  if (grouping === null) return <EmptyState title={t("views.empty")} />;

  const labelOf = (value: string | null) => {
    const column = grouping.columns.find((one) => one.value === value);
    return column?.choice == null ? t("views.notSet") : text(column.choice.label, column.choice.value);
  };
  const recordTitle = (record: RecordJson) => titleOf(record.values[entity.titleField]) ?? t("records.untitled");
  const forget = (id: string) => setPending((moves) => moves.filter((move) => move.record.id !== id));

  const move = async (record: RecordJson, to: string | null) => {
    const from = groupValue(record, view.groupBy);
    const wanted = moveOf(grouping, from, to);
    if (wanted.is === "none") return;
    if (wanted.is === "impossible") return void message.warning(t("views.cannotMove"));
    if (wanted.is === "transition" && wanted.asks && to !== null) return setAsked({ record, wanted: { to } });
    setPending((moves) => [...moves, { record, from, to }]);
    try {
      if (wanted.is === "change") {
        await update.mutateAsync({ id: record.id, values: { [view.groupBy]: to }, version: record.version });
      } else if (to !== null) {
        const { waits } = await transition.mutateAsync({ id: record.id, to, version: record.version, door: "board" });
        if (waits) forget(record.id);
      }
      notice(t("views.moved", { column: labelOf(to) }));
      setTimeout(() => forget(record.id), SETTLE_MS);
    } catch (error) {
      forget(record.id);
      if (error instanceof ApiProblem && error.status === 422 && wanted.is === "transition" && to !== null) {
        setAsked({ record, wanted: { to, problem: error } });
      } else reportProblem(error);
    }
  };

  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const record = active.data.current?.record as RecordJson | undefined;
    const column = over?.data.current?.value as string | null | undefined;
    if (record !== undefined && column !== undefined) void move(record, column);
  };

  const nameOf = (data: unknown) => {
    const record = (data as { readonly record?: RecordJson } | undefined)?.record;
    return record === undefined ? "" : recordTitle(record);
  };
  const columnName = (data: unknown) =>
    labelOf((data as { readonly value?: string | null } | undefined)?.value ?? null);

  return (
    <div className={css.page}>
      <PageHeader
        icon={<Icon name={entity.icon} />}
        title={text(view.label, view.key)}
        actions={
          <>
            <Input
              className={css.search}
              allowClear
              prefix={<SearchOutlined aria-hidden />}
              placeholder={t("common.search")}
              aria-label={t("views.search", { name: text(view.label, view.key) })}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
            {switcher}
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
      {isEmpty && (
        <p className={css.emptyHint} role="status">
          {q === "" ? t(may(entity.key, "create") ? "views.emptyBoard" : "views.emptyHintRead") : t("views.noMatch")}
        </p>
      )}
      <DndContext
        sensors={sensors}
        collisionDetection={findColumn}
        onDragStart={({ active }: DragStartEvent) => setDragged((active.data.current?.record as RecordJson) ?? null)}
        onDragCancel={() => setDragged(null)}
        onDragEnd={onDragEnd}
        accessibility={{
          screenReaderInstructions: { draggable: t("views.dragHelp") },
          announcements: {
            onDragStart: ({ active }) => t("views.pickedUp", { title: nameOf(active.data.current) }),
            onDragOver: ({ active, over }) =>
              over === null
                ? undefined
                : t("views.over", { title: nameOf(active.data.current), column: columnName(over.data.current) }),
            onDragEnd: ({ active, over }) =>
              over === null
                ? t("views.cancelled", { title: nameOf(active.data.current) })
                : t("views.dropped", { title: nameOf(active.data.current), column: columnName(over.data.current) }),
            onDragCancel: ({ active }) => t("views.cancelled", { title: nameOf(active.data.current) }),
          },
        }}
      >
        <div className={css.board}>
          {grouping.columns.map((column) => (
            <BoardColumnView
              key={columnId(column.value)}
              entity={entity}
              view={view}
              column={column}
              label={labelOf(column.value)}
              figures={figures.get(column.value) ?? null}
              q={q}
              pending={pending}
              canDrag={may(entity.key, "update")}
              isPossible={
                dragged === null ||
                moveOf(grouping, groupValue(dragged, view.groupBy), column.value).is !== "impossible"
              }
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged !== null && <BoardCard entity={entity} view={view} record={dragged} isLifted />}
        </DragOverlay>
      </DndContext>
      {asked !== null && grouping.flow !== null && (
        <LoadedTransition
          entity={entity}
          flow={grouping.flow}
          record={asked.record}
          wanted={asked.wanted}
          onDone={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** How long a moved card stays where it was dropped until the lists have been fetched again. */
const SETTLE_MS = 1_200;

function groupValue(record: RecordJson, field: string): string | null {
  const value = record.values[field];
  return typeof value === "string" ? value : null;
}

/** Left and right go from column to column. */
const byColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
  if (step === undefined) return undefined;
  event.preventDefault();
  const columns = [...context.droppableRects.values()].sort((one, other) => one.left - other.left);
  const width = context.collisionRect?.width ?? 0;
  const middle = currentCoordinates.x + width / 2;
  const at = columns.findIndex((rect) => middle >= rect.left && middle < rect.right);
  const next = columns[Math.min(Math.max(0, Math.max(at, 0) + step), columns.length - 1)];
  return next === undefined ? undefined : { x: next.left + (next.width - width) / 2, y: currentCoordinates.y };
};

/** The dialog needs the whole record, of which a card has only a part. */
function LoadedTransition(props: React.ComponentProps<typeof TransitionDialog>) {
  const whole = useRecord(props.entity.key, props.record.id);
  if (whole.data === undefined) return null;
  return <TransitionDialog {...props} record={whole.data} />;
}
