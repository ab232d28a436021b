import type { Entity, KanbanView } from "@formwright/model";
import { Link } from "react-router";
import type { RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import { propertyAt } from "../model/properties.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { readValue } from "../records/read-value.ts";
import { CellOf } from "../records/record-table.tsx";
import { titleOf } from "../records/widget-environment.tsx";
import css from "./board-card.module.css";

interface Props {
  readonly entity: Entity;
  readonly view: KanbanView;
  readonly record: RecordJson;
  /** In the hand. */
  readonly isLifted?: boolean;
}

/** A record as a card: its title, and what the view says below it. */
export function BoardCard({ entity, view, record, isLifted = false }: Props) {
  const t = useT();
  const text = useText();
  const { slug, model } = useWorkspace();
  const properties = view.card
    .map((path) => propertyAt(model, entity, path))
    .filter((property) => property !== null)
    .filter((property) => {
      const { value } = readValue(record, property);
      return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
    });
  return (
    <article className={isLifted ? `${css.card} ${css.lifted}` : css.card}>
      <Link to={`/w/${slug}/r/${entity.key}/${record.id}`} className={css.title} draggable={false}>
        {titleOf(record.values[entity.titleField]) ?? t("records.untitled")}
      </Link>
      <div className={css.values}>
        {properties.map((property) => (
          <div key={property.path} className={css.value} title={text(property.label, property.path)}>
            <CellOf entity={entity} record={record} property={property} />
          </div>
        ))}
      </div>
    </article>
  );
}
