import { DeleteOutlined, EyeInvisibleOutlined } from "@ant-design/icons";
import { FIELD_KINDS } from "@formwright/fields/model";
import type { Choice, EntityDocument, FieldKindModel, JsonObject } from "@formwright/model";
import { Button, Collapse, Form, Input, Segmented, Switch } from "antd";
import { type ReactNode, useId } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import { KindIcon } from "../canvas/kind-icon.tsx";
import type { WireFinding } from "../draft/draft-api.ts";
import { FindingList, useFindingWords } from "../draft/finding-list.tsx";
import { keyProblem } from "../edits/derive-key.ts";
import { type FieldProperty, readProperty } from "../edits/field-property.ts";
import { followLabel } from "../edits/new-field.ts";
import { LocalTextInput } from "./local-text-input.tsx";
import { OptionControls } from "./option-controls.tsx";
import css from "./properties.module.css";
import { SubformColumns } from "./subform-columns.tsx";

interface Props {
  readonly field: FieldProperty;
  readonly entity: string;
  /** The other fields of the entity (or columns of the subform). */
  readonly siblings: readonly FieldProperty[];
  /** The entity as it is live; null when it was never published. */
  readonly live: EntityDocument | null;
  /** Findings about this field, their pointers relative to its property. */
  readonly findings: readonly WireFinding[];
  /** Its width on the form on the canvas; null when it is not on it. */
  readonly span: { readonly value: 1 | 2 | 3 | 4; readonly max: number } | null;
  /** @param part what of it changed, so that typing in one input is one step of undo */
  readonly onChange: (field: FieldProperty, part: string) => void;
  readonly onSpan: (span: 1 | 2 | 3 | 4) => void;
  readonly onTakeOff: () => void;
  readonly onRetire: () => void;
}

/** Everything about one field: its names, rules and the options of its kind. */
export function FieldPanel(props: Props) {
  const { field, entity, siblings, live, findings, span, onChange, onSpan, onTakeOff, onRetire } = props;
  const t = useT();
  const text = useText();
  const kinds: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
  const kind = kinds[field.kind];
  const liveField = live && readProperty(live.schema, field.key, live.unique);
  const taken = siblings.map((sibling) => sibling.key);
  const { inPlace, elsewhere } = useSortedFindings(findings);
  const relabel = (label: FieldProperty["label"]) => {
    const next = { ...field, label };
    onChange(liveField ? next : followLabel(field, next, taken), "label");
  };
  return (
    <Form layout="vertical" size="small" className={css.panel} component="div">
      <div className={css.head}>
        <KindIcon name={field.kind} />
        <h2>{text(field.label, field.key)}</h2>
        <span className={css.kindTag}>{text(kind?.label, field.kind)}</span>
      </div>
      {elsewhere.length > 0 && (
        <div className={css.errors}>
          <FindingList findings={elsewhere} />
        </div>
      )}
      <LocalTextInput
        value={field.label}
        onChange={relabel}
        labels={{ en: t("designer.labelEn"), "zh-CN": t("designer.labelZh") }}
      />
      <Switches field={field} kind={kind} onChange={onChange} />
      {kind ? (
        <OptionControls
          kind={kind}
          options={field.options}
          onChange={(options, name) => onChange({ ...field, options }, `options.${name}`)}
          surroundings={{ entity, fields: siblings, publishedChoices: liveChoices(liveField?.options) }}
          errors={inPlace}
        />
      ) : (
        <p className="muted">{t("designer.unknownKind", { kind: field.kind })}</p>
      )}
      {field.columns && (
        <SubformColumns
          field={field}
          columns={field.columns}
          live={liveField}
          onChange={(columns) => onChange({ ...field, columns }, "columns")}
        />
      )}
      {span && span.max > 1 && (
        <Form.Item label={t("designer.width")}>
          <Segmented
            value={Math.min(span.value, span.max)}
            options={Array.from({ length: span.max }, (_, index) => ({
              value: index + 1,
              label: `${index + 1}/${span.max}`,
            }))}
            onChange={(value) => onSpan(value as 1 | 2 | 3 | 4)}
          />
        </Form.Item>
      )}
      <Collapse
        size="small"
        ghost
        items={[
          {
            key: "more",
            label: t("designer.advanced"),
            children: <Advanced field={field} isPublished={liveField !== null} taken={taken} onChange={onChange} />,
          },
        ]}
      />
      <div className={css.foot}>
        {span && (
          <Button icon={<EyeInvisibleOutlined />} onClick={onTakeOff}>
            {t("designer.removeFromForm")}
          </Button>
        )}
        <Button danger icon={<DeleteOutlined />} onClick={onRetire}>
          {t("designer.retire")}
        </Button>
      </div>
    </Form>
  );
}

function liveChoices(options: JsonObject | undefined): ReadonlySet<string> {
  const choices = Array.isArray(options?.choices) ? (options.choices as unknown as readonly Choice[]) : [];
  return new Set(choices.map((choice) => choice.value));
}

/** Findings about an option stand at its control; all others on top. */
function useSortedFindings(findings: readonly WireFinding[]) {
  const words = useFindingWords();
  const inPlace: Record<string, ReactNode> = {};
  const elsewhere: WireFinding[] = [];
  for (const finding of findings) {
    const name = /^\/x-options\/([^/]+)/.exec(finding.pointer)?.[1];
    if (name && !inPlace[name]) inPlace[name] = words(finding);
    else elsewhere.push(finding);
  }
  return { inPlace, elsewhere };
}

interface SwitchesProps {
  readonly field: FieldProperty;
  readonly kind: FieldKindModel | undefined;
  readonly onChange: Props["onChange"];
}

function Switches({ field, kind, onChange }: SwitchesProps) {
  const t = useT();
  const rows = [
    { part: "required", label: t("designer.required"), isOn: field.required, isThere: !kind?.computed },
    { part: "unique", label: t("designer.unique"), isOn: field.unique, isThere: kind?.canBeUnique === true },
    { part: "readOnly", label: t("designer.readOnly"), isOn: field.readOnly, isThere: !kind?.computed },
  ].filter((row) => row.isThere);
  if (rows.length === 0) return null;
  return (
    <div className={css.switches}>
      {rows.map((row) => (
        <SwitchRow
          key={row.part}
          label={row.label}
          isOn={row.isOn}
          onChange={(isOn) => onChange({ ...field, [row.part]: isOn }, row.part)}
        />
      ))}
    </div>
  );
}

export function SwitchRow({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <label className={css.switch} htmlFor={id}>
      <span>{label}</span>
      <Switch id={id} size="small" checked={isOn} onChange={onChange} />
    </label>
  );
}

interface AdvancedProps {
  readonly field: FieldProperty;
  readonly isPublished: boolean;
  readonly taken: readonly string[];
  readonly onChange: Props["onChange"];
}

function Advanced({ field, isPublished, taken, onChange }: AdvancedProps) {
  const t = useT();
  return (
    <>
      <LocalTextInput
        value={field.help}
        multiline
        onChange={(help) => onChange({ ...field, help }, "help")}
        labels={{ en: `${t("designer.help")} (English)`, "zh-CN": `${t("designer.help")} (中文)` }}
      />
      <KeyInput
        value={field.key}
        taken={taken}
        isFixed={isPublished}
        onChange={(key) => onChange({ ...field, key }, "key")}
      />
    </>
  );
}

interface KeyInputProps {
  readonly value: string;
  readonly taken: readonly string[];
  readonly isFixed: boolean;
  readonly onChange: (key: string) => void;
}

const KEY_PROBLEMS = {
  pattern: "designer.keyPattern",
  reserved: "designer.keyReserved",
  taken: "designer.keyTaken",
} as const;

/** The key of a field: changes are taken once the input is left with one that can be used. */
export function KeyInput({ value, taken, isFixed, onChange }: KeyInputProps) {
  const t = useT();
  return (
    <Form.Item label={t("designer.fieldKey")} help={isFixed ? t("designer.fieldKeyPublished") : t("designer.keyHelp")}>
      <Input
        key={value}
        defaultValue={value}
        disabled={isFixed}
        className={css.key}
        aria-label={t("designer.fieldKey")}
        spellCheck={false}
        onBlur={(event) => {
          const key = event.target.value.trim();
          if (key !== value && !keyProblem(key, taken)) onChange(key);
        }}
        onInput={(event) => {
          const problem = keyProblem(event.currentTarget.value.trim(), taken);
          event.currentTarget.setCustomValidity(problem ? t(KEY_PROBLEMS[problem]) : "");
          event.currentTarget.reportValidity();
        }}
      />
    </Form.Item>
  );
}
