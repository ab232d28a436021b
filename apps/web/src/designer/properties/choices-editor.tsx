import { CloseOutlined, EyeInvisibleOutlined, EyeOutlined, HolderOutlined, PlusOutlined } from "@ant-design/icons";
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { Choice } from "@formwright/model";
import { textIn } from "@formwright/model";
import { Button, Dropdown, Input, Tooltip } from "antd";
import { type ClipboardEvent, useState } from "react";
import { useLocale, useT } from "../../i18n/locale.ts";
import { NAMED_COLORS, namedColor } from "../../theme/tokens.ts";
import { useDragWords } from "../canvas/use-drag-words.ts";
import { addChoices, moveItem, relabelChoice } from "./choice-edits.ts";
import { withText } from "./local-text-input.tsx";
import css from "./properties.module.css";

interface Props {
  readonly value: readonly Choice[];
  readonly onChange: (value: readonly Choice[]) => void;
  /** Values that are live: they keep their value, and are retired instead of removed. */
  readonly published: ReadonlySet<string>;
}

/** The choices of a field: add, rename in both languages, colour, reorder, retire. */
export function ChoicesEditor({ value, onChange, published }: Props) {
  const t = useT();
  const locale = useLocale();
  const [added, setAdded] = useState("");
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const words = useDragWords((id) => textIn(value[Number(id)]?.label, locale));
  const ids = value.map((_, index) => String(index));

  const add = (labels: readonly string[]) => {
    const next = addChoices(value, labels, locale);
    if (next.length !== value.length) onChange(next);
    setAdded("");
  };
  const onPaste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    add(lines);
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onChange(moveItem(value, Number(active.id), Number(over.id)));
  };

  return (
    <div className={css.choices}>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={words}>
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          {value.map((choice, index) => (
            <ChoiceRow
              key={index}
              id={String(index)}
              choice={choice}
              isPublished={published.has(choice.value)}
              onLabel={(label) => onChange(relabelChoice(value, index, label, published))}
              onChange={(next) => onChange(value.map((item, at) => (at === index ? next : item)))}
              onRemove={() => onChange(value.filter((_, at) => at !== index))}
            />
          ))}
        </SortableContext>
      </DndContext>
      <Input
        size="small"
        value={added}
        prefix={<PlusOutlined />}
        placeholder={t("designer.addChoice")}
        aria-label={t("designer.addChoice")}
        onChange={(event) => setAdded(event.target.value)}
        onPressEnter={() => add([added])}
        onBlur={() => added.trim() && add([added])}
        onPaste={onPaste}
      />
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isPublished: boolean;
  readonly onLabel: (label: Choice["label"]) => void;
  readonly onChange: (choice: Choice) => void;
  readonly onRemove: () => void;
}

function ChoiceRow({ id, choice, isPublished, onLabel, onChange, onRemove }: RowProps) {
  const t = useT();
  const locale = useLocale();
  const other = locale === "en" ? "zh-CN" : "en";
  const sortable = useSortable({ id });
  const name = textIn(choice.label, locale, choice.value);
  const names = { en: t("designer.choiceEn"), "zh-CN": t("designer.choiceZh") };
  const input = (language: "en" | "zh-CN") => (
    <Input
      size="small"
      variant="filled"
      value={choice.label[language] ?? ""}
      placeholder={names[language]}
      aria-label={`${names[language]}: ${name}`}
      onChange={(event) => onLabel(withText(choice.label, language, event.target.value))}
    />
  );
  return (
    <div
      ref={sortable.setNodeRef}
      className={choice.retired ? `${css.choice} ${css.retired}` : css.choice}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <button
        type="button"
        className={css.handle}
        {...sortable.attributes}
        {...sortable.listeners}
        aria-label={t("designer.dragFrom", { name })}
      >
        <HolderOutlined aria-hidden />
      </button>
      <ColorPick value={choice.color} name={name} onChange={(color) => onChange(withColor(choice, color))} />
      {input(locale)}
      {input(other)}
      {isPublished ? (
        <Tooltip title={choice.retired ? t("designer.restoreChoice") : t("designer.retireChoice")}>
          <Button
            size="small"
            type="text"
            icon={choice.retired ? <EyeInvisibleOutlined /> : <EyeOutlined />}
            aria-label={`${choice.retired ? t("designer.restoreChoice") : t("designer.retireChoice")}: ${name}`}
            onClick={() => onChange(withRetired(choice, !choice.retired))}
          />
        </Tooltip>
      ) : (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={`${t("designer.removeChoice")}: ${name}`}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

function withColor(choice: Choice, color: string | null): Choice {
  const { color: _old, ...rest } = choice;
  return color === null ? rest : { ...rest, color };
}

function withRetired(choice: Choice, isRetired: boolean): Choice {
  const { retired: _old, ...rest } = choice;
  return isRetired ? { ...rest, retired: true } : rest;
}

/** Names that look alike are offered once. */
const OFFERED = Object.keys(NAMED_COLORS).filter((name) => name !== "gold" && name !== "magenta");

export function ColorPick({
  value,
  name,
  onChange,
}: {
  readonly value: string | undefined;
  readonly name: string;
  readonly onChange: (color: string | null) => void;
}) {
  const t = useT();
  const items = [
    { key: "", label: t("designer.noColor") },
    ...OFFERED.map((color) => ({
      key: color,
      label: (
        <span className={css.colorItem}>
          <span className={css.dot} style={{ background: namedColor(color).dot }} />
          {color}
        </span>
      ),
    })),
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, onClick: ({ key }) => onChange(key || null), style: { maxHeight: 280, overflow: "auto" } }}
    >
      <button type="button" className={css.colorButton} aria-label={`${t("designer.choiceColor")}: ${name}`}>
        <span
          className={value ? css.dot : `${css.dot} ${css.dotNone}`}
          style={value ? { background: namedColor(value).dot } : undefined}
        />
      </button>
    </Dropdown>
  );
}
