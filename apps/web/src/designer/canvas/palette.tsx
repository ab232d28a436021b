import { useDraggable } from "@dnd-kit/core";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { FieldGroup, FieldKindModel } from "@formwright/model";
import { Input } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import type { MessageKey } from "../../i18n/messages.ts";
import css from "./canvas.module.css";
import type { DragSubject } from "./drag-subject.ts";
import { KindIcon } from "./kind-icon.tsx";

const GROUPS = {
  text: "designer.groupText",
  number: "designer.groupNumber",
  choice: "designer.groupChoice",
  date: "designer.groupDate",
  people: "designer.groupPeople",
  relation: "designer.groupRelation",
  computed: "designer.groupComputed",
} as const satisfies Record<FieldGroup, MessageKey>;

interface Props {
  /** Puts a new field of the kind at the end of the form. */
  readonly onAdd: (kind: FieldKindModel) => void;
  /** A tap adds, where there is no canvas in sight to drag to. */
  readonly isTapAdding?: boolean;
}

/** The kinds of field, grouped and searchable, to be dragged onto the canvas. */
export function Palette({ onAdd, isTapAdding = false }: Props) {
  const t = useT();
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLowerCase();
  const kinds = Object.values<FieldKindModel>(FIELD_KINDS).filter(
    (kind) =>
      !needle || [kind.key, kind.label.en, kind.label["zh-CN"]].some((name) => name?.toLowerCase().includes(needle)),
  );
  const groups = (Object.keys(GROUPS) as FieldGroup[])
    .map((group) => ({ group, members: kinds.filter((kind) => kind.group === group) }))
    .filter(({ members }) => members.length > 0);
  return (
    <div className={css.palette}>
      <Input
        size="small"
        allowClear
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        placeholder={t("designer.searchKinds")}
        aria-label={t("designer.searchKinds")}
      />
      <p className={css.paletteHint}>{t("designer.paletteHint")}</p>
      {groups.map(({ group, members }) => (
        <section key={group}>
          <h3 className={css.groupTitle}>{t(GROUPS[group])}</h3>
          <ul className={css.kinds}>
            {members.map((kind) => (
              <li key={kind.key}>
                <PaletteItem kind={kind} onAdd={onAdd} isTapAdding={isTapAdding} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="muted">{t("designer.noKinds")}</p>}
    </div>
  );
}

function PaletteItem({ kind, onAdd, isTapAdding }: Required<Props> & { readonly kind: FieldKindModel }) {
  const text = useText();
  const name = text(kind.label, kind.key);
  const subject: DragSubject = { type: "kind", kind: kind.key, name };
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: `kind:${kind.key}`, data: subject });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      onAdd(kind);
      return;
    }
    listeners?.onKeyDown?.(event);
  };
  return (
    <button
      type="button"
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      onKeyDown={onKeyDown}
      {...(isTapAdding ? { onClick: () => onAdd(kind) } : { onDoubleClick: () => onAdd(kind) })}
      className={isDragging ? `${css.kind} ${css.lifted}` : css.kind}
      data-kind={kind.key}
    >
      <KindIcon name={kind.key} />
      <span>{name}</span>
    </button>
  );
}
