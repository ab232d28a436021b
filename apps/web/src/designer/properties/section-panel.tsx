import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import type { FormSection } from "@formwright/model";
import { Button, Form, Segmented, Tooltip } from "antd";
import { useT, useText } from "../../i18n/locale.ts";
import { SwitchRow } from "./field-panel.tsx";
import { LocalTextInput } from "./local-text-input.tsx";
import css from "./properties.module.css";

interface Props {
  readonly section: FormSection;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onChange: (change: Partial<Omit<FormSection, "key" | "fields">>, part: string) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** A section of the form: its name, columns and place. */
export function SectionPanel({ section, isFirst, isLast, onChange, onMove, onRemove }: Props) {
  const t = useT();
  const text = useText();
  return (
    <Form layout="vertical" size="small" className={css.panel} component="div">
      <div className={css.head}>
        <h2>{text(section.label, t("designer.section"))}</h2>
        <span className={css.kindTag}>{t("designer.section")}</span>
      </div>
      <LocalTextInput
        value={section.label}
        labels={{ en: `${t("designer.sectionName")} (English)`, "zh-CN": `${t("designer.sectionName")} (中文)` }}
        onChange={(label) => onChange({ label }, "label")}
      />
      <Form.Item label={t("designer.columns")}>
        <Segmented
          value={section.columns}
          options={[1, 2, 3, 4]}
          onChange={(columns) => onChange({ columns: columns as 1 | 2 | 3 | 4 }, "columns")}
        />
      </Form.Item>
      <div className={css.switches}>
        <SwitchRow
          label={t("designer.collapsed")}
          isOn={section.collapsed === true}
          onChange={(collapsed) => onChange({ collapsed }, "collapsed")}
        />
      </div>
      <div className={css.foot}>
        <Button icon={<ArrowUpOutlined />} disabled={isFirst} onClick={() => onMove(-1)}>
          {t("designer.moveUp")}
        </Button>
        <Button icon={<ArrowDownOutlined />} disabled={isLast} onClick={() => onMove(1)}>
          {t("designer.moveDown")}
        </Button>
        <Tooltip title={t("designer.removeSectionHint")}>
          <Button danger icon={<DeleteOutlined />} disabled={isFirst && isLast} onClick={onRemove}>
            {t("designer.removeSection")}
          </Button>
        </Tooltip>
      </div>
    </Form>
  );
}
