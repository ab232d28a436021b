import type { Entity } from "@formwright/model";
import { Button } from "antd";
import type { RecordJson } from "../api/wire.ts";
import { useT, useText } from "../i18n/locale.ts";
import type { Property } from "../model/properties.ts";
import { readValue } from "../records/read-value.ts";
import { CellOf } from "../records/record-table.tsx";
import css from "./record-cards.module.css";

interface Props {
  readonly entity: Entity;
  readonly properties: readonly Property[];
  readonly records: readonly RecordJson[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
}

/** The list on a phone: one card for each record, the first column as its head. */
export function RecordCards({ entity, properties, records, hasMore, isLoadingMore, onMore }: Props) {
  const t = useT();
  const text = useText();
  const head = properties.find((property) => property.path === entity.titleField) ?? properties[0];
  const rest = properties.filter((property) => property !== head);
  return (
    <>
      <ul className={css.cards}>
        {records.map((record) => (
          <li key={record.id} className={css.card}>
            <div className={css.title}>
              {head === undefined ? null : <CellOf entity={entity} record={record} property={head} isLink />}
            </div>
            <dl className={css.values}>
              {rest
                .filter((property) => hasValue(record, property))
                .slice(0, 5)
                .map((property) => (
                  <div key={property.path} className={css.pair}>
                    <dt>{text(property.label, property.path)}</dt>
                    <dd>
                      <CellOf entity={entity} record={record} property={property} />
                    </dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button block style={{ marginTop: 12 }} loading={isLoadingMore} onClick={onMore}>
          {t("common.loadMore")}
        </Button>
      )}
    </>
  );
}

function hasValue(record: RecordJson, property: Property): boolean {
  const { value } = readValue(record, property);
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
