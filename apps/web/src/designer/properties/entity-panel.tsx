import { FIELD_KINDS } from "@formwright/fields/model";
import type { EntityDocument, FieldKindModel } from "@formwright/model";
import { Form, Select } from "antd";
import { useT, useText } from "../../i18n/locale.ts";
import { Icon } from "../../shell/icon.tsx";
import type { WireFinding } from "../draft/draft-api.ts";
import { FindingList } from "../draft/finding-list.tsx";
import { readFields } from "../edits/field-property.ts";
import { ColorPick } from "./choices-editor.tsx";
import { IconPick } from "./icon-pick.tsx";
import { LocalTextInput } from "./local-text-input.tsx";
import css from "./properties.module.css";

interface Props {
  readonly entity: EntityDocument;
  /** Findings that are about no field of it. */
  readonly findings: readonly WireFinding[];
  readonly onChange: (change: Partial<Omit<EntityDocument, "kind" | "key" | "schema">>, part: string) => void;
}

/** The entity itself: names, icon, title field. */
export function EntityPanel({ entity, findings, onChange }: Props) {
  const t = useT();
  const text = useText();
  const kinds: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
  const titles = readFields(entity).filter((field) => kinds[field.kind]?.canBeTitle);
  const inLanguages = (label: string) => ({ en: `${label} (English)`, "zh-CN": `${label} (中文)` });
  return (
    <Form layout="vertical" size="small" className={css.panel} component="div">
      <div className={css.head}>
        <Icon name={entity.icon} />
        <h2>{text(entity.label, entity.key)}</h2>
        <span className={css.kindTag}>{t("designer.entityProperties")}</span>
      </div>
      {findings.length > 0 && (
        <div className={css.errors}>
          <FindingList findings={findings} />
        </div>
      )}
      <p className="muted" style={{ marginBottom: 12, fontSize: 12 }}>
        {t("designer.nothingSelected")}
      </p>
      <LocalTextInput
        value={entity.label}
        onChange={(label) => onChange({ label }, "entity.label")}
        labels={{ en: t("designer.nameEn"), "zh-CN": t("designer.nameZh") }}
      />
      <Form.Item label={t("designer.titleField")} help={t("designer.titleFieldHint")}>
        <Select
          value={entity.titleField}
          aria-label={t("designer.titleField")}
          options={titles.map((field) => ({ value: field.key, label: text(field.label, field.key) }))}
          onChange={(titleField) => onChange({ titleField }, "entity.title")}
        />
      </Form.Item>
      <Form.Item label={t("designer.icon")}>
        <div style={{ display: "flex", gap: 8, alignItems: "center" }}>
          <IconPick value={entity.icon} onChange={(icon) => onChange({ icon }, "entity.icon")} />
          <ColorPick
            value={entity.color}
            name={t("designer.entityProperties")}
            onChange={(color) => onChange({ color: color ?? "gray" }, "entity.color")}
          />
        </div>
      </Form.Item>
      <LocalTextInput
        value={entity.plural}
        onChange={(plural) => onChange({ plural }, "entity.plural")}
        labels={inLanguages(t("designer.plural"))}
      />
      <LocalTextInput
        value={entity.description}
        multiline
        onChange={(description) => onChange({ description }, "entity.description")}
        labels={inLanguages(t("designer.description"))}
      />
    </Form>
  );
}
