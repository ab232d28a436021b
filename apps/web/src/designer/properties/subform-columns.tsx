import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Choice, FieldKindModel } from "@formwright/model";
import { Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import { KindIcon } from "../canvas/kind-icon.tsx";
import type { FieldProperty } from "../edits/field-property.ts";
import { followLabel, newColumn, newField } from "../edits/new-field.ts";
import { moveItem } from "./choice-edits.ts";
import { SwitchRow } from "./field-panel.tsx";
import { LocalTextInput } from "./local-text-input.tsx";
import { OptionControls } from "./option-controls.tsx";
import css from "./properties.module.css";

interface Props {
  readonly field: FieldProperty;
  readonly columns: readonly FieldProperty[];
  readonly live: FieldProperty | null;
  readonly onChange: (columns: readonly FieldProperty[]) => void;
}

/** The columns of a subform: add, order, edit one in a dialog. */
export function SubformColumns({ field, columns, live, onChange }: Props) {
  const t = useT();
  const text = useText();
  const [edited, setEdited] = useState<number | null>(null);
  const column = edited === null ? undefined : columns[edited];
  const replace = (index: number, next: FieldProperty) =>
    onChange(columns.map((item, at) => (at === index ? next : item)));
  const add = () => {
    onChange([...columns, newColumn(columns.map((item) => item.key))]);
    setEdited(columns.length);
  };
  return (
    <Form.Item label={t("designer.subColumns")}>
      {columns.map((item, index) => {
        const name = text(item.label, item.key);
        return (
          <div key={item.key} className={css.column}>
            <KindIcon name={item.kind} />
            <button type="button" className={css.columnName} onClick={() => setEdited(index)}>
              {item.required && "* "}
              {name}
            </button>
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined />}
              aria-label={`${t("designer.moveUp")}: ${name}`}
              disabled={index === 0}
              onClick={() => onChange(moveItem(columns, index, index - 1))}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined />}
              aria-label={`${t("designer.moveDown")}: ${name}`}
              disabled={index === columns.length - 1}
              onClick={() => onChange(moveItem(columns, index, index + 1))}
            />
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={`${t("designer.dropColumn")}: ${name}`}
              disabled={columns.length === 1}
              onClick={() => onChange(columns.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        {t("designer.addColumn")}
      </Button>
      <Modal
        open={column !== undefined}
        title={t("designer.editColumn")}
        onCancel={() => setEdited(null)}
        footer={
          <Button type="primary" onClick={() => setEdited(null)}>
            {t("common.done")}
          </Button>
        }
        destroyOnHidden
      >
        {column && edited !== null && (
          <ColumnForm
            column={column}
            entity={field.key}
            siblings={columns.filter((_, at) => at !== edited)}
            live={live?.columns?.find((item) => item.key === column.key) ?? null}
            onChange={(next) => replace(edited, next)}
          />
        )}
      </Modal>
    </Form.Item>
  );
}

interface ColumnFormProps {
  readonly column: FieldProperty;
  readonly entity: string;
  readonly siblings: readonly FieldProperty[];
  readonly live: FieldProperty | null;
  readonly onChange: (column: FieldProperty) => void;
}

function ColumnForm({ column, entity, siblings, live, onChange }: ColumnFormProps) {
  const t = useT();
  const text = useText();
  const kinds: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
  const kind = kinds[column.kind];
  const taken = siblings.map((item) => item.key);
  const choices = Array.isArray(live?.options.choices) ? (live.options.choices as unknown as readonly Choice[]) : [];
  const changeKind = (key: string) => {
    const model = kinds[key];
    if (model) onChange({ ...newField(model, taken), key: column.key, label: column.label, required: column.required });
  };
  return (
    <Form layout="vertical" size="small" component="div">
      <LocalTextInput
        value={column.label}
        autoFocus
        labels={{ en: t("designer.labelEn"), "zh-CN": t("designer.labelZh") }}
        onChange={(label) => onChange(live ? { ...column, label } : followLabel(column, { ...column, label }, taken))}
      />
      <Form.Item label={t("designer.kindFixed")}>
        <Select
          value={column.kind}
          disabled={live !== null}
          aria-label={t("designer.kindFixed")}
          options={Object.values(kinds)
            .filter((item) => item.canBeInSubform !== false)
            .map((item) => ({ value: item.key, label: text(item.label, item.key) }))}
          onChange={changeKind}
        />
      </Form.Item>
      {kind && !kind.computed && (
        <div className={css.switches}>
          <SwitchRow
            label={t("designer.required")}
            isOn={column.required}
            onChange={(required) => onChange({ ...column, required })}
          />
        </div>
      )}
      {kind && (
        <OptionControls
          kind={kind}
          options={column.options}
          onChange={(options) => onChange({ ...column, options })}
          surroundings={{ entity, fields: siblings, publishedChoices: new Set(choices.map((choice) => choice.value)) }}
          errors={{}}
        />
      )}
    </Form>
  );
}
