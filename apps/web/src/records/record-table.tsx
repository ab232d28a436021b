import { widgetOf } from "@formwright/fields/widget";
import type { Entity } from "@formwright/model";
import { Link } from "react-router";
import type { RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import type { Property } from "../model/properties.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { readValue } from "./read-value.ts";
import css from "./record-table.module.css";
import { useWidgetEnvironment } from "./widget-environment.tsx";

interface Props {
  readonly entity: Entity;
  readonly records: readonly RecordJson[];
  readonly properties: readonly Property[];
  readonly label: string;
}

/** A short list of records inside a page; on a phone each is a card. */
export function RecordTable({ entity, records, properties, label }: Props) {
  const text = useText();
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {properties.map((property) => (
              <th key={property.path} scope="col" style={{ textAlign: widgetOf(property.field.kind).align }}>
                {text(property.label, property.path)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              {properties.map((property, index) => (
                <td key={property.path} style={{ textAlign: widgetOf(property.field.kind).align }}>
                  <CellOf entity={entity} record={record} property={property} isLink={index === 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly entity: Entity;
  readonly record: RecordJson;
  readonly property: Property;
  /** The cell that opens the record. */
  readonly isLink?: boolean;
}

/** One value of a record in a line. */
export function CellOf({ entity, record, property, isLink = false }: CellProps) {
  const t = useT();
  const { slug } = useWorkspace();
  const env = useWidgetEnvironment();
  const { value, title } = readValue(record, property);
  const { Cell } = widgetOf(property.field.kind);
  const hasValue = value !== null && !(Array.isArray(value) && value.length === 0);
  if (!isLink) return hasValue ? <Cell field={property.field} value={value} title={title} env={env} /> : null;
  const inner =
    property.target === null ? <Cell field={property.field} value={value} title={title} env={env} /> : title;
  return (
    <Link to={`/w/${slug}/r/${entity.key}/${record.id}`} className={css.link}>
      {hasValue ? inner : t("records.untitled")}
    </Link>
  );
}
