import { CaretDownOutlined, CaretUpOutlined } from "@ant-design/icons";
import { widgetOf } from "@formwright/fields/widget";
import type { Entity, ViewSort } from "@formwright/model";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox, Spin } from "antd";
import { useEffect, useRef } from "react";
import type { RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import type { Property } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import { CellOf } from "../records/record-table.tsx";
import { titleOf } from "../records/widget-environment.tsx";
import css from "./record-grid.module.css";

interface Props {
  readonly entity: Entity;
  readonly properties: readonly Property[];
  readonly widths: Readonly<Record<string, number | undefined>>;
  readonly records: readonly RecordJson[];
  readonly sort: readonly ViewSort[];
  readonly onSort: (field: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
  readonly label: string;
}

const ROW_HEIGHT = 38;
const CHECK_WIDTH = 40;

/** Records in a table that draws only the rows in sight and fetches the next page when its end comes near. */
export function RecordGrid(props: Props) {
  const { entity, properties, widths, records, selected, onSelect, hasMore, isLoadingMore, onMore, label } = props;
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const before = shown[0]?.start ?? 0;
  const after = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);

  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= records.length - 15) onMore();
  }, [hasMore, isLoadingMore, last, records.length, onMore]);

  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(selected);
    if (isOn) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  const width = properties.reduce((sum, property) => sum + widthOf(property, widths), CHECK_WIDTH);
  const areAll = records.length > 0 && records.every((record) => selected.has(record.id));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard.
    <section ref={scroller} className={css.scroller} tabIndex={0} aria-label={label}>
      <table className={css.table} style={{ minWidth: width }} aria-rowcount={hasMore ? -1 : records.length + 1}>
        <colgroup>
          <col style={{ width: CHECK_WIDTH }} />
          {properties.map((property) => (
            <col key={property.path} style={{ width: widthOf(property, widths) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={css.check}>
              <Checkbox
                checked={areAll}
                indeterminate={!areAll && selected.size > 0}
                aria-label={t("views.selectAll")}
                onChange={(event) =>
                  onSelect(event.target.checked ? new Set(records.map((record) => record.id)) : new Set())
                }
              />
            </th>
            {properties.map((property) => (
              <HeadCell key={property.path} property={property} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden>
              <td colSpan={properties.length + 1} style={{ height: before, padding: 0 }} />
            </tr>
          )}
          {shown.map(({ index }) => {
            const record = records[index];
            if (record === undefined) return null;
            const isSelected = selected.has(record.id);
            return (
              <tr key={record.id} className={isSelected ? css.selected : undefined} aria-rowindex={index + 2}>
                <td className={css.check}>
                  <Checkbox
                    checked={isSelected}
                    aria-label={t("views.selectRow", { title: titleOf(record.values[entity.titleField]) ?? "" })}
                    onChange={(event) => toggle(record.id, event.target.checked)}
                  />
                </td>
                {properties.map((property, at) => (
                  <td key={property.path} style={{ textAlign: widgetOf(property.field.kind).align }}>
                    <CellOf
                      entity={entity}
                      record={record}
                      property={property}
                      isLink={at === 0 || property.path === entity.titleField}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && (
            <tr aria-hidden>
              <td colSpan={properties.length + 1} style={{ height: after, padding: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
      {isLoadingMore && (
        <div className={css.more}>
          <Spin size="small" />
        </div>
      )}
    </section>
  );
}

interface HeadProps {
  readonly property: Property;
  readonly sort: readonly ViewSort[];
  readonly onSort: (field: string) => void;
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

function HeadCell({ property, sort, onSort }: HeadProps) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const label = text(property.label, property.path);
  const [first] = sort;
  const direction = first?.field === property.path ? first.direction : null;
  const { align } = widgetOf(property.field.kind);
  const isSortable = model.kinds[property.field.kind]?.sortable === true;
  return (
    <th scope="col" style={{ textAlign: align }} aria-sort={direction === null ? undefined : ARIA_SORT[direction]}>
      {isSortable ? (
        <button
          type="button"
          className={css.sort}
          title={t("views.sortBy", { field: label })}
          onClick={() => onSort(property.path)}
        >
          <span className={css.headLabel}>{label}</span>
          {direction === "asc" && <CaretUpOutlined aria-hidden />}
          {direction === "desc" && <CaretDownOutlined aria-hidden />}
        </button>
      ) : (
        <span className={css.headLabel}>{label}</span>
      )}
    </th>
  );
}

function widthOf(property: Property, widths: Props["widths"]): number {
  return widths[property.path] ?? widgetOf(property.field.kind).width;
}
