import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import type { Rule } from "@formwright/rules";
import { Button, InputNumber, Segmented, Select } from "antd";
import { useState } from "react";
import { useT, useText } from "../../i18n/locale.ts";
import type { FieldProperty } from "../edits/field-property.ts";
import {
  FORMULA_OPERATORS,
  type FormulaOperator,
  type FormulaTerms,
  type Operand,
  ruleToTerms,
  termsToRule,
} from "./formula-terms.ts";
import { JsonInput } from "./json-input.tsx";
import css from "./properties.module.css";

interface Props {
  readonly value: Rule | undefined;
  readonly onChange: (rule: Rule) => void;
  /** Fields that a calculation may use. */
  readonly fields: readonly FieldProperty[];
}

const NUMBER_KINDS = new Set(["number", "money", "percent", "formula"]);

/** A formula: a calculation from left to right picked from lists, or the rule as JSON. */
export function FormulaEditor({ value, onChange, fields }: Props) {
  const t = useT();
  const terms = ruleToTerms(value);
  const [mode, setMode] = useState<"simple" | "json">(value !== undefined && !terms ? "json" : "simple");
  return (
    <div className={css.formula}>
      <Segmented
        size="small"
        value={mode}
        onChange={(next) => setMode(next as "simple" | "json")}
        options={[
          { value: "simple", label: t("designer.formulaSimple") },
          { value: "json", label: t("designer.formulaJson") },
        ]}
      />
      {mode === "json" && (
        <JsonInput
          value={value ?? null}
          onChange={(rule) => onChange(rule as Rule)}
          label={t("designer.formulaJson")}
        />
      )}
      {mode === "simple" && value !== undefined && !terms && <p className="muted">{t("designer.formulaTooRich")}</p>}
      {mode === "simple" && (value === undefined || terms) && (
        <TermsEditor
          terms={terms}
          onChange={(next) => onChange(termsToRule(next))}
          fields={fields.filter((field) => NUMBER_KINDS.has(field.kind))}
        />
      )}
    </div>
  );
}

interface TermsProps {
  readonly terms: FormulaTerms | null;
  readonly onChange: (terms: FormulaTerms) => void;
  readonly fields: readonly FieldProperty[];
}

const SYMBOLS = { "+": "+", "-": "−", "*": "×", "/": "÷" } as const satisfies Record<FormulaOperator, string>;

function TermsEditor({ terms, onChange, fields }: TermsProps) {
  const t = useT();
  if (!terms)
    return (
      <>
        <p className="muted">{t("designer.formulaEmpty")}</p>
        <OperandPick value={null} fields={fields} onChange={(first) => onChange({ first, rest: [], round: null })} />
      </>
    );
  const withRest = (rest: FormulaTerms["rest"]) => onChange({ ...terms, rest });
  const spare: Operand = fields[0] ? { type: "field", field: fields[0].key } : { type: "number", value: 1 };
  return (
    <>
      <div className={css.term}>
        <span />
        <OperandPick value={terms.first} fields={fields} onChange={(first) => onChange({ ...terms, first })} />
        <span />
      </div>
      {terms.rest.map((term, index) => (
        <div key={index} className={css.term}>
          <Select
            size="small"
            value={term.operator}
            aria-label={t("designer.formulaAdd")}
            options={FORMULA_OPERATORS.map((operator) => ({ value: operator, label: SYMBOLS[operator] }))}
            onChange={(operator) =>
              withRest(terms.rest.map((item, at) => (at === index ? { ...item, operator } : item)))
            }
          />
          <OperandPick
            value={term.operand}
            fields={fields}
            onChange={(operand) => withRest(terms.rest.map((item, at) => (at === index ? { ...item, operand } : item)))}
          />
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t("common.remove")}
            onClick={() => withRest(terms.rest.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div className={css.termFoot}>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => withRest([...terms.rest, { operator: "*", operand: spare }])}
        >
          {t("designer.formulaAdd")}
        </Button>
        <Select
          size="small"
          value={terms.round ?? -1}
          aria-label={t("designer.formulaRound")}
          onChange={(round) => onChange({ ...terms, round: round < 0 ? null : round })}
          options={[
            { value: -1, label: t("designer.formulaNoRound") },
            ...[0, 1, 2, 3, 4].map((n) => ({ value: n, label: t("designer.formulaPlaces", { n }) })),
          ]}
        />
      </div>
    </>
  );
}

interface OperandProps {
  readonly value: Operand | null;
  readonly fields: readonly FieldProperty[];
  readonly onChange: (operand: Operand) => void;
}

const NUMBER_OPTION = "#number";

function OperandPick({ value, fields, onChange }: OperandProps) {
  const t = useT();
  const text = useText();
  return (
    <span className={css.operand}>
      <Select
        size="small"
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("designer.formulaField")}
        aria-label={t("designer.formulaField")}
        value={value === null ? undefined : value.type === "number" ? NUMBER_OPTION : value.field}
        options={[
          ...fields.map((field) => ({ value: field.key, label: text(field.label, field.key) })),
          { value: NUMBER_OPTION, label: t("designer.formulaNumber") },
        ]}
        onChange={(key) =>
          onChange(key === NUMBER_OPTION ? { type: "number", value: 1 } : { type: "field", field: key })
        }
      />
      {value?.type === "number" && (
        <InputNumber
          size="small"
          value={value.value}
          aria-label={t("designer.formulaNumber")}
          onChange={(number) => onChange({ type: "number", value: number ?? 0 })}
        />
      )}
    </span>
  );
}
