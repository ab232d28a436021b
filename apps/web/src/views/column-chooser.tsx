import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from "@ant-design/icons";
import type { Entity } from "@formwright/model";
import { Button, Checkbox, Popover } from "antd";
import { useT, useText } from "../i18n/locale.ts";
import { propertiesOf, propertyAt } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import css from "./column-chooser.module.css";

interface Props {
  readonly entity: Entity;
  readonly value: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
}

/** What the list shows, and in which order. */
export function ColumnChooser({ entity, value, onChange }: Props) {
  const t = useT();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("views.columnsHint")}
      content={<Columns entity={entity} value={value} onChange={onChange} />}
    >
      <Button icon={<SettingOutlined aria-hidden />} aria-label={t("views.columns")} />
    </Popover>
  );
}

function Columns({ entity, value, onChange }: Props) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const chosen = value.map((path) => propertyAt(model, entity, path)).filter((one) => one !== null);
  const others = propertiesOf(entity).filter((property) => !value.includes(property.path));
  const move = (index: number, by: number) => {
    const next = [...value];
    const [path] = next.splice(index, 1);
    if (path !== undefined) next.splice(index + by, 0, path);
    onChange(next);
  };
  return (
    <div className={css.list}>
      {chosen.map((property, index) => {
        const label = text(property.label, property.path);
        return (
          <div key={property.path} className={css.row}>
            <Checkbox
              checked
              disabled={value.length === 1}
              onChange={() => onChange(value.filter((path) => path !== property.path))}
            >
              {label}
            </Checkbox>
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined aria-hidden />}
              disabled={index === 0}
              aria-label={`${t("views.moveUp")}: ${label}`}
              onClick={() => move(index, -1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined aria-hidden />}
              disabled={index === chosen.length - 1}
              aria-label={`${t("views.moveDown")}: ${label}`}
              onClick={() => move(index, 1)}
            />
          </div>
        );
      })}
      {others.map((property) => (
        <div key={property.path} className={css.row}>
          <Checkbox checked={false} onChange={() => onChange([...value, property.path])}>
            {text(property.label, property.path)}
          </Checkbox>
        </div>
      ))}
    </div>
  );
}
