import { ExclamationCircleFilled } from "@ant-design/icons";
import { useDraggable, useDroppable } from "@dnd-kit/core";
import type { KeyboardEvent } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import type { FieldProperty } from "../edits/field-property.ts";
import css from "./canvas.module.css";
import type { DragSubject, SpotData } from "./drag-subject.ts";
import { KindIcon } from "./kind-icon.tsx";

interface Props {
  readonly field: FieldProperty;
  /** Where it stands; null for a field that is not on the form and can only be dragged from here. */
  readonly place: SpotData | null;
  readonly span?: number;
  readonly isSelected: boolean;
  readonly isTitle: boolean;
  readonly hasFindings: boolean;
  /** The side at which the thing in hand would land. */
  readonly dropSide: "before" | "after" | null;
  readonly onSelect: () => void;
  readonly onRemove: () => void;
}

/** One field on the canvas, as it looks in the form: a label and the ground of its input. */
export function FieldCard({
  field,
  place,
  span = 1,
  isSelected,
  isTitle,
  hasFindings,
  dropSide,
  onSelect,
  onRemove,
}: Props) {
  const t = useT();
  const text = useText();
  const name = text(field.label, field.key);
  const subject: DragSubject = { type: "field", field: field.key, kind: field.kind, name };
  const drag = useDraggable({ id: `field:${field.key}`, data: subject });
  const drop = useDroppable({ id: `card:${field.key}`, data: place ?? {}, disabled: place === null });
  const setRefs = (node: HTMLElement | null) => {
    drag.setNodeRef(node);
    drop.setNodeRef(node);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !drag.isDragging) {
      event.preventDefault();
      onSelect();
      return;
    }
    if ((event.key === "Delete" || event.key === "Backspace") && !drag.isDragging) {
      event.preventDefault();
      onRemove();
      return;
    }
    drag.listeners?.onKeyDown?.(event);
  };
  const classes = [
    css.card,
    isSelected && css.selected,
    drag.isDragging && css.lifted,
    dropSide && (place?.spot.isRow ? css[`${dropSide}InRow`] : css[dropSide]),
  ];
  return (
    <button
      type="button"
      ref={setRefs}
      {...drag.attributes}
      {...drag.listeners}
      onKeyDown={onKeyDown}
      onClick={onSelect}
      className={classes.filter(Boolean).join(" ")}
      style={span > 1 ? { gridColumn: `span ${span}` } : undefined}
      aria-pressed={isSelected}
      data-field={field.key}
    >
      <span className={css.cardLabel}>
        {field.required && (
          <span className={css.star} title={t("designer.requiredMark")}>
            *
          </span>
        )}
        {name}
        {hasFindings && <ExclamationCircleFilled className={css.cardError} />}
        {isTitle && <span className={css.cardTag}>{t("designer.titleField")}</span>}
      </span>
      <span className={css.ground}>
        <KindIcon name={field.kind} />
      </span>
    </button>
  );
}

/** What follows the pointer while something is dragged. */
export function DragGhost({ subject }: { readonly subject: DragSubject }) {
  return (
    <div className={css.ghost}>
      <KindIcon name={subject.kind} />
      <span>{subject.name}</span>
    </div>
  );
}
