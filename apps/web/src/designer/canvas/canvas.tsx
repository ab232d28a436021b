import { PlusOutlined } from "@ant-design/icons";
import { useDroppable } from "@dnd-kit/core";
import type { FormSection } from "@formwright/model";
import { Button } from "antd";
import { useT, useText } from "../../i18n/locale.ts";
import { fieldKeys } from "../edits/edit-entity.ts";
import type { EntityBundle } from "../edits/entity-bundle.ts";
import { type FieldProperty, readFields } from "../edits/field-property.ts";
import css from "./canvas.module.css";
import type { SpotData } from "./drag-subject.ts";
import type { DropTarget } from "./drop-target.ts";
import { FieldCard } from "./field-card.tsx";
import type { Selection } from "./selection.ts";

interface Props {
  readonly bundle: EntityBundle;
  /** The form shown; null when the entity has none. */
  readonly form: string | null;
  readonly selection: Selection | null;
  readonly target: DropTarget | null;
  /** Keys of fields that the server found something about. */
  readonly troubled: ReadonlySet<string>;
  readonly onSelect: (selection: Selection) => void;
  readonly onRemove: (field: string) => void;
  readonly onAddSection: () => void;
}

/** The plain list of an entity without a form, shown as one section. */
const PLAIN = "plain";

/** The form as it will look: sections with their columns, fields in order. */
export function Canvas(props: Props) {
  const { bundle, form: formKey, onAddSection } = props;
  const t = useT();
  const fields = new Map(readFields(bundle.entity).map((field) => [field.key, field]));
  const form = bundle.forms.find((item) => item.key === formKey);
  const sections: readonly FormSection[] = form
    ? form.sections
    : [{ key: PLAIN, columns: 1, fields: fieldKeys(bundle.entity).map((key) => ({ key, field: key })) }];
  const placed = new Set(sections.flatMap((section) => section.fields.map((item) => item.field)));
  const rest = form ? [...fields.values()].filter((field) => !placed.has(field.key)) : [];
  return (
    <div className={css.canvas}>
      {!form && <p className="muted">{t("designer.noForm")}</p>}
      {sections.map((section) => (
        <Section key={section.key} {...props} section={section} fields={fields} />
      ))}
      {form && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={onAddSection} className={css.addSection}>
          {t("designer.addSection")}
        </Button>
      )}
      {rest.length > 0 && <Shelf {...props} fields={rest} />}
    </div>
  );
}

function Section({
  section,
  fields,
  ...props
}: Props & { readonly section: FormSection; readonly fields: ReadonlyMap<string, FieldProperty> }) {
  const { form, selection, target, onSelect } = props;
  const t = useT();
  const text = useText();
  const isPlain = form === null;
  const name = text(section.label, t("designer.section"));
  const isSelected = selection?.type === "section" && selection.key === section.key;
  const place = { form, section: section.key, isRow: section.columns > 1 };
  const end: SpotData = {
    spot: { ...place, id: `end:${section.key}`, index: section.fields.length, type: "end" },
    sectionName: name,
  };
  const drop = useDroppable({ id: end.spot.id, data: end });
  const isTarget = target?.spot.id === end.spot.id;
  return (
    <section className={isSelected ? `${css.section} ${css.selected}` : css.section} data-section={section.key}>
      {!isPlain && (
        <button
          type="button"
          className={css.sectionHead}
          onClick={() => onSelect({ type: "section", key: section.key })}
        >
          <span>{name}</span>
          <span className="muted">{t("designer.widthOf", { n: section.columns })}</span>
        </button>
      )}
      <div className={css.grid} style={{ gridTemplateColumns: `repeat(${section.columns}, minmax(0, 1fr))` }}>
        {section.fields.map((item, index) => {
          const field = fields.get(item.field);
          if (!field) return null;
          const id = `card:${item.field}`;
          const spot = { ...place, id, index, type: "card" as const };
          return (
            <FieldCard
              key={item.key}
              {...cardProps(props, field)}
              span={Math.min(item.span ?? 1, section.columns)}
              place={{ spot, sectionName: name }}
              dropSide={target?.spot.id === id ? target.side : null}
            />
          );
        })}
        <div
          ref={drop.setNodeRef}
          className={[css.end, section.fields.length === 0 && css.endEmpty, isTarget && css.endOver]
            .filter(Boolean)
            .join(" ")}
        >
          {section.fields.length === 0 && t("designer.emptySection")}
        </div>
      </div>
    </section>
  );
}

function Shelf({ fields, ...props }: Props & { readonly fields: readonly FieldProperty[] }) {
  const t = useT();
  return (
    <section className={css.shelf}>
      <h3 className={css.groupTitle}>{t("designer.notOnForm")}</h3>
      <p className={css.paletteHint}>{t("designer.notOnFormHint")}</p>
      <div className={css.shelfCards}>
        {fields.map((field) => (
          <FieldCard key={field.key} {...cardProps(props, field)} place={null} dropSide={null} />
        ))}
      </div>
    </section>
  );
}

function cardProps(props: Props, field: FieldProperty) {
  return {
    field,
    isSelected: props.selection?.type === "field" && props.selection.key === field.key,
    isTitle: props.bundle.entity.titleField === field.key,
    hasFindings: props.troubled.has(field.key),
    onSelect: () => props.onSelect({ type: "field", key: field.key }),
    onRemove: () => props.onRemove(field.key),
  };
}
