import {
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MeasuringStrategy,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { FieldKindModel } from "@formwright/model";
import { App, Drawer, Grid } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useT, useText } from "../i18n/locale.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { Canvas } from "./canvas/canvas.tsx";
import { type DragSubject, detectSpot, targetOf, walkSpots } from "./canvas/drag-subject.ts";
import type { DropTarget } from "./canvas/drop-target.ts";
import { DragGhost } from "./canvas/field-card.tsx";
import { Palette } from "./canvas/palette.tsx";
import type { Selection } from "./canvas/selection.ts";
import { useDragWords } from "./canvas/use-drag-words.ts";
import css from "./designer.module.css";
import { DesignerHeader } from "./designer-header.tsx";
import { fieldOfPointer } from "./draft/definition-names.ts";
import { DraftBar } from "./draft/draft-bar.tsx";
import { useMarkUnsaved } from "./draft/unsaved-edits.ts";
import { useLeaveGuard } from "./draft/use-leave-guard.ts";
import { deriveKey } from "./edits/derive-key.ts";
import { fieldKeys } from "./edits/edit-entity.ts";
import type { DropPlace, EntityBundle } from "./edits/entity-bundle.ts";
import { readProperty } from "./edits/field-property.ts";
import { newField } from "./edits/new-field.ts";
import { useBundleEditor } from "./edits/use-bundle-editor.ts";
import { usePinyin } from "./edits/use-pinyin.ts";
import { PropertyPanel } from "./property-panel.tsx";
import { useLiveEntity } from "./use-live-entity.ts";

/** Palette, canvas and properties of one entity: everything that is dragged and typed here goes into the draft. */
export function EntityDesigner({ initial }: { readonly initial: EntityBundle }) {
  const t = useT();
  const text = useText();
  const { slug } = useWorkspace();
  const { modal } = App.useApp();
  const editor = useBundleEditor(slug, initial);
  const { bundle, edit } = editor;
  useMarkUnsaved(editor.saveState !== "saved");
  useLeaveGuard(editor.saveState === "refused" || editor.saveState === "offline");
  const [params, setParams] = useSearchParams();
  const [formKey, setFormKey] = useState<string | null>(() => mainForm(initial));
  const [selection, setSelection] = useState<Selection | null>(null);
  const [subject, setSubject] = useState<DragSubject | null>(null);
  const [target, setTarget] = useState<DropTarget | null>(null);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const live = useLiveEntity(bundle.entity.key);
  usePinyin();
  const screens = Grid.useBreakpoint();
  const isWide = screens.lg !== false;
  const isNarrow = screens.md === false;

  const wantedField = params.get("field");
  useEffect(() => {
    if (!wantedField) return;
    setSelection({ type: "field", key: wantedField });
    setParams({}, { replace: true });
    requestAnimationFrame(() =>
      document.querySelector(`[data-field="${CSS.escape(wantedField)}"]`)?.scrollIntoView({ block: "center" }),
    );
  }, [wantedField, setParams]);

  const findings = editor.findings[`entity/${bundle.entity.key}`] ?? [];
  const troubled = useMemo(
    () => new Set(findings.map((finding) => fieldOfPointer(finding.pointer)).filter((key) => key !== null)),
    [findings],
  );

  const addField = useCallback(
    (kind: FieldKindModel, place: DropPlace) => {
      const taken = [...fieldKeys(bundle.entity), ...(live ? fieldKeys(live) : [])];
      const field = newField(kind, taken);
      edit({
        type: "addField",
        field,
        place,
        ...(kind.key === "subform" || kind.key === "longtext" ? { span: 4 as const } : {}),
      });
      setSelection({ type: "field", key: field.key });
    },
    [bundle.entity, live, edit],
  );
  const addAtEnd = (kind: FieldKindModel) => {
    const section = bundle.forms.find((form) => form.key === formKey)?.sections.at(-1);
    addField(kind, {
      form: formKey,
      section: section?.key ?? "",
      index: section?.fields.length ?? fieldKeys(bundle.entity).length,
    });
    setPaletteOpen(false);
  };
  const askRetire = (key: string) => {
    const field = readProperty(bundle.entity.schema, key);
    const isLive = live !== null && readProperty(live.schema, key) !== null;
    if (!field) return;
    modal.confirm({
      title: t("designer.retireTitle", { name: text(field.label, key) }),
      content: isLive ? t("designer.retireHint") : t("designer.retireUnpublished"),
      okText: t("designer.retire"),
      okButtonProps: { danger: true },
      onOk: () => {
        edit({ type: "retireField", key });
        setSelection(null);
      },
    });
  };
  const addSection = () => {
    const form = bundle.forms.find((item) => item.key === formKey);
    if (!form) return;
    const key = deriveKey(
      "section",
      form.sections.map((section) => section.key),
    );
    edit({ type: "addSection", form: form.key, key, label: { en: "New section", "zh-CN": "新分组" } });
    setSelection({ type: "section", key });
  };

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: walkSpots,
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
    }),
  );
  const words = useDragWords((id) => nameOfDragged(String(id), bundle, text));
  const onDragStart = ({ active }: DragStartEvent) =>
    setSubject((active.data.current as DragSubject | undefined) ?? null);
  const onDragMove = ({ collisions }: DragMoveEvent) => setTarget((known) => sameTarget(known, targetOf(collisions)));
  const settle = () => {
    setSubject(null);
    setTarget(null);
  };
  const onDragEnd = ({ active, collisions }: DragEndEvent) => {
    const dragged = active.data.current as DragSubject | undefined;
    const place = targetOf(collisions)?.place;
    settle();
    if (!dragged || !place) return;
    if (dragged.type === "field") {
      edit({ type: "moveField", key: dragged.field, place });
      return;
    }
    const kind = (FIELD_KINDS as Readonly<Record<string, FieldKindModel>>)[dragged.kind];
    if (kind) addField(kind, place);
  };

  const panel = (
    <PropertyPanel
      editor={editor}
      selection={selection}
      form={formKey}
      live={live}
      onSelect={setSelection}
      onRetire={askRetire}
    />
  );

  return (
    <div className={css.page}>
      <DraftBar />
      <DesignerHeader
        editor={editor}
        form={formKey}
        onForm={setFormKey}
        onPalette={isNarrow ? () => setPaletteOpen(true) : null}
        onEntity={() => setSelection(null)}
      />
      <DndContext
        sensors={sensors}
        collisionDetection={detectSpot}
        measuring={{ droppable: { strategy: MeasuringStrategy.WhileDragging } }}
        accessibility={words}
        onDragStart={onDragStart}
        onDragMove={onDragMove}
        onDragEnd={onDragEnd}
        onDragCancel={settle}
      >
        <div className={css.columns}>
          {!isNarrow && (
            <aside className={css.side} aria-label={t("designer.palette")}>
              <Palette onAdd={addAtEnd} />
            </aside>
          )}
          <main className={css.middle} aria-label={t("designer.canvas")}>
            <Canvas
              bundle={bundle}
              form={formKey}
              selection={selection}
              target={subject ? target : null}
              troubled={troubled}
              onSelect={setSelection}
              onRemove={askRetire}
              onAddSection={addSection}
            />
          </main>
          {isWide && (
            <aside className={css.panel} aria-label={t("designer.properties")}>
              {panel}
            </aside>
          )}
        </div>
        <DragOverlay dropAnimation={null}>{subject && <DragGhost subject={subject} />}</DragOverlay>
      </DndContext>
      {!isWide && (
        <Drawer
          open={selection !== null}
          onClose={() => setSelection(null)}
          title={t("designer.properties")}
          size={380}
          styles={{ wrapper: { maxWidth: "100vw" } }}
        >
          {panel}
        </Drawer>
      )}
      {isNarrow && (
        <Drawer
          open={isPaletteOpen}
          onClose={() => setPaletteOpen(false)}
          title={t("designer.palette")}
          placement="bottom"
          size="large"
        >
          <DndContext sensors={[]}>
            <Palette onAdd={addAtEnd} isTapAdding />
          </DndContext>
        </Drawer>
      )}
    </div>
  );
}

/** The form that shows most: the one for editing, else the first. */
function mainForm(bundle: EntityBundle): string | null {
  return (bundle.forms.find((form) => form.purposes.includes("edit")) ?? bundle.forms[0])?.key ?? null;
}

function sameTarget(known: DropTarget | null, next: DropTarget | null): DropTarget | null {
  return known &&
    next &&
    known.spot.id === next.spot.id &&
    known.side === next.side &&
    known.spot.index === next.spot.index
    ? known
    : next;
}

function nameOfDragged(id: string, bundle: EntityBundle, text: ReturnType<typeof useText>): string {
  const [type = "", key = ""] = id.split(":", 2);
  if (type === "kind") return text((FIELD_KINDS as Readonly<Record<string, FieldKindModel>>)[key]?.label, key);
  return text(readProperty(bundle.entity.schema, key)?.label, key);
}
