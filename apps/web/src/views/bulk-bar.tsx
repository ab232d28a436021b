import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { type TitledRecord, widgetOf } from "@formwright/fields/widget";
import type { Entity, Json } from "@formwright/model";
import { Button, Modal, Select } from "antd";
import { useId, useState } from "react";
import type { RecordJson } from "../api/wire.ts";
import { useNotice } from "../app/notices.tsx";
import { useT, useText } from "../i18n/locale.ts";
import { useMay } from "../model/access.ts";
import { propertyAt } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import { readValue } from "../records/read-value.ts";
import { useBulk, useRestoreRecord } from "../records/use-records.ts";
import { useWidgetEnvironment } from "../records/widget-environment.tsx";
import css from "./bulk-bar.module.css";

interface Props {
  readonly entity: Entity;
  readonly records: readonly RecordJson[];
  readonly onDone: () => void;
}

/** What can be done with the records that are selected; all of it can be taken back. */
export function BulkBar({ entity, records, onDone }: Props) {
  const t = useT();
  const notice = useNotice();
  const may = useMay();
  const bulk = useBulk(entity.key);
  const restore = useRestoreRecord(entity.key);
  const [isEditing, setIsEditing] = useState(false);

  const remove = async () => {
    const { results } = await bulk.mutateAsync({ delete: records.map((record) => record.id) });
    const gone = records.filter((_, index) => (results[index]?.status ?? 500) < 300);
    const failed = records.length - gone.length;
    notice(
      failed === 0 ? t("views.deletedMany", { n: gone.length }) : t("views.bulkSome", { done: gone.length, failed }),
      () => {
        for (const record of gone) restore.mutate(record.id);
      },
    );
    onDone();
  };

  return (
    <div className={css.bar} role="toolbar" aria-label={t("views.selected", { n: records.length })}>
      <strong>{t("views.selected", { n: records.length })}</strong>
      {may(entity.key, "update") && (
        <Button size="small" icon={<EditOutlined aria-hidden />} onClick={() => setIsEditing(true)}>
          {t("views.editField")}
        </Button>
      )}
      {may(entity.key, "delete") && (
        <Button
          size="small"
          danger
          icon={<DeleteOutlined aria-hidden />}
          loading={bulk.isPending}
          onClick={() => void remove()}
        >
          {t("common.delete")}
        </Button>
      )}
      <Button size="small" type="text" onClick={onDone}>
        {t("views.clearSelection")}
      </Button>
      {isEditing && (
        <BulkEdit
          entity={entity}
          records={records}
          onClose={(isSaved) => {
            setIsEditing(false);
            if (isSaved) onDone();
          }}
        />
      )}
    </div>
  );
}

interface EditProps {
  readonly entity: Entity;
  readonly records: readonly RecordJson[];
  readonly onClose: (isSaved: boolean) => void;
}

function BulkEdit({ entity, records, onClose }: EditProps) {
  const t = useT();
  const text = useText();
  const id = useId();
  const model = useModel();
  const env = useWidgetEnvironment();
  const notice = useNotice();
  const bulk = useBulk(entity.key);
  const [path, setPath] = useState<string | null>(null);
  const [value, setValue] = useState<Json>(null);
  const [chosen, setChosen] = useState<TitledRecord | null>(null);
  const editable = entity.fields.filter(
    (field) => !field.readOnly && !field.unique && field.kind !== "subform" && widgetOf(field.kind).Edit !== null,
  );
  const options = [...editable.map((field) => field.key), "owner"];
  const property = path === null ? null : propertyAt(model, entity, path);
  const Edit = property === null ? null : widgetOf(property.field.kind).Edit;

  const save = async () => {
    if (path === null || property === null) return;
    const before = new Map(records.map((record) => [record.id, readValue(record, property).value]));
    const { results } = await bulk.mutateAsync({
      update: records.map((record) => ({ id: record.id, values: { [path]: value } })),
    });
    const changed = records.filter((_, index) => (results[index]?.status ?? 500) < 300);
    const failed = records.length - changed.length;
    notice(
      failed === 0 ? t("views.bulkDone", { n: changed.length }) : t("views.bulkSome", { done: changed.length, failed }),
      () =>
        bulk.mutate({
          update: changed.map((record) => ({ id: record.id, values: { [path]: before.get(record.id) ?? null } })),
        }),
    );
    onClose(true);
  };

  return (
    <Modal
      open
      title={t("views.editFieldTitle", { n: records.length })}
      okText={t("common.apply")}
      okButtonProps={{ disabled: path === null }}
      confirmLoading={bulk.isPending}
      onOk={() => void save()}
      onCancel={() => onClose(false)}
    >
      <div className={css.edit}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("views.chooseField")}
          aria-label={t("views.chooseField")}
          value={path}
          onChange={(next: string) => {
            setPath(next);
            setValue(null);
            setChosen(null);
          }}
          options={options.map((key) => ({ value: key, label: text(propertyAt(model, entity, key)?.label, key) }))}
        />
        {Edit !== null && property !== null && (
          <div>
            <label htmlFor={id}>{t("views.newValue")}</label>
            <Edit
              id={id}
              field={{ ...property.field, readOnly: false }}
              value={value}
              title={chosen?.title}
              env={env}
              onChange={(next, record) => {
                setValue(next);
                setChosen(record ?? null);
              }}
            />
          </div>
        )}
      </div>
    </Modal>
  );
}
