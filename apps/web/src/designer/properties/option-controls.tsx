import { FIELD_KINDS } from "@formwright/fields/model";
import type { Choice, FieldKindModel, Flow, Json, JsonObject, LocalText } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { AutoComplete, Form, Input, InputNumber, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import { definitionsOf, useDraft } from "../draft/use-draft.ts";
import { type FieldProperty, isObject } from "../edits/field-property.ts";
import { ChoicesEditor } from "./choices-editor.tsx";
import { FormulaEditor } from "./formula-editor.tsx";
import { JsonInput } from "./json-input.tsx";

/** What the controls of a field's options have to know beyond the options. */
export interface OptionSurroundings {
  /** The entity that the field belongs to. */
  readonly entity: string;
  /** The other fields beside it. */
  readonly fields: readonly FieldProperty[];
  /** Values of choices that are live. */
  readonly publishedChoices: ReadonlySet<string>;
}

interface Props {
  readonly kind: FieldKindModel;
  readonly options: JsonObject;
  readonly onChange: (options: JsonObject, name: string) => void;
  readonly surroundings: OptionSurroundings;
  /** Words of the findings about an option, by its name. */
  readonly errors: Readonly<Record<string, ReactNode>>;
}

interface ControlProps {
  readonly schema: JsonObject;
  readonly value: Json | undefined;
  /** `undefined` takes the option away. */
  readonly onChange: (value: Json | undefined) => void;
  readonly label: string;
  readonly surroundings: OptionSurroundings;
}

type Control = (props: ControlProps) => ReactNode;

/** Options that have a control of their own, by name. Everything else is drawn from its schema. */
const BY_NAME: Readonly<Record<string, Control>> = {
  choices: ({ value, onChange, surroundings }) => (
    <ChoicesEditor
      value={(Array.isArray(value) ? value : []) as unknown as readonly Choice[]}
      onChange={(choices) => onChange(choices as unknown as Json)}
      published={surroundings.publishedChoices}
    />
  ),
  entity: EntityControl,
  flow: FlowControl,
  rule: ({ value, onChange, surroundings }) => (
    <FormulaEditor
      value={value as Rule | undefined}
      onChange={(rule) => onChange(rule as Json)}
      fields={surroundings.fields}
    />
  ),
  currency: ({ value, onChange, label }) => (
    <AutoComplete
      value={String(value ?? "")}
      aria-label={label}
      options={["CNY", "USD", "EUR", "HKD", "JPY", "GBP", "SGD", "TWD", "KRW"].map((code) => ({ value: code }))}
      onChange={(code) => onChange(code.toUpperCase())}
    />
  ),
};

/** The property panel's controls for the options of a kind, generated from its options schema. */
export function OptionControls({ kind, options, onChange, surroundings, errors }: Props) {
  const text = useText();
  const properties = isObject(kind.optionsSchema.properties) ? (kind.optionsSchema.properties as JsonObject) : {};
  const required = Array.isArray(kind.optionsSchema.required) ? kind.optionsSchema.required : [];
  return Object.entries(properties).map(([name, schema]) => {
    if (!isObject(schema)) return null;
    const part = schema as JsonObject;
    const label = text(part["x-label"] as LocalText | undefined, name);
    const help = text(part["x-help"] as LocalText | undefined);
    const Draw = BY_NAME[name] ?? controlFor(part);
    const set = (value: Json | undefined) => {
      const { [name]: _old, ...rest } = options;
      onChange(value === undefined || value === "" ? rest : { ...rest, [name]: value }, name);
    };
    return (
      <Form.Item
        key={name}
        label={label}
        required={required.includes(name)}
        help={errors[name] ?? (help || undefined)}
        {...(errors[name] ? { validateStatus: "error" as const } : {})}
      >
        <Draw
          schema={part}
          value={options[name] ?? kind.defaultOptions[name]}
          onChange={set}
          label={label}
          surroundings={surroundings}
        />
      </Form.Item>
    );
  });
}

function controlFor(schema: JsonObject): Control {
  if (Array.isArray(schema.enum)) return EnumControl;
  return CONTROLS_BY_TYPE[String(schema.type)] ?? JsonControl;
}

const CONTROLS_BY_TYPE: Readonly<Record<string, Control>> = {
  string: ({ schema, value, onChange, label }) => (
    <Input
      value={String(value ?? "")}
      aria-label={label}
      {...(typeof schema.maxLength === "number" ? { maxLength: schema.maxLength } : {})}
      onChange={(event) => onChange(event.target.value)}
    />
  ),
  boolean: ({ value, onChange, label }) => (
    <Switch size="small" checked={value === true} aria-label={label} onChange={(isOn) => onChange(isOn)} />
  ),
  integer: NumberControl,
  number: NumberControl,
};

function NumberControl({ schema, value, onChange, label }: ControlProps) {
  return (
    <InputNumber
      value={typeof value === "number" ? value : null}
      aria-label={label}
      style={{ width: "100%" }}
      {...(schema.type === "integer" ? { precision: 0 } : {})}
      {...(typeof schema.minimum === "number" ? { min: schema.minimum } : {})}
      {...(typeof schema.maximum === "number" ? { max: schema.maximum } : {})}
      onChange={(number) => onChange(number ?? undefined)}
    />
  );
}

function EnumControl({ schema, value, onChange, label }: ControlProps) {
  const t = useT();
  const text = useText();
  const words: Readonly<Record<string, string>> = {
    restrict: t("designer.onDeleteRestrict"),
    setNull: t("designer.onDeleteSetNull"),
  };
  const kinds: Readonly<Record<string, FieldKindModel>> = FIELD_KINDS;
  const values = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  return (
    <Select
      value={value === undefined ? undefined : String(value)}
      aria-label={label}
      options={values.map((item) => ({ value: item, label: words[item] ?? text(kinds[item]?.label, item) }))}
      onChange={(next) => onChange(next)}
    />
  );
}

function EntityControl({ value, onChange, label }: ControlProps) {
  const t = useT();
  const text = useText();
  const draft = useDraft();
  const options = definitionsOf(draft.data, "entity").map((entity) => ({
    value: entity.key,
    label: text(entity.label, entity.key),
  }));
  return (
    <Select
      value={typeof value === "string" ? value : undefined}
      aria-label={label}
      placeholder={t("designer.chooseEntity")}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
      onChange={(next) => onChange(next)}
    />
  );
}

function FlowControl({ value, onChange, label, surroundings }: ControlProps) {
  const t = useT();
  const text = useText();
  const draft = useDraft();
  const flows = definitionsOf(draft.data, "flow").filter((flow: Flow) => flow.entity === surroundings.entity);
  if (flows.length === 0 && !value) return <p className="muted">{t("designer.noFlow")}</p>;
  return (
    <Select
      value={typeof value === "string" ? value : undefined}
      aria-label={label}
      placeholder={t("designer.chooseFlow")}
      options={flows.map((flow) => ({ value: flow.key, label: text(flow.label, flow.key) }))}
      onChange={(next) => onChange(next)}
    />
  );
}

const JsonControl: Control = ({ value, onChange, label }) => (
  <JsonInput value={value ?? null} onChange={onChange} label={label} />
);
