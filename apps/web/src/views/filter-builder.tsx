import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { widgetOf } from "@formwright/fields/widget";
import {
  type Entity,
  FILTER_OPERATORS,
  type Field,
  type Filter,
  type FilterGroup,
  type FilterOperator,
  type Json,
  operatorsOf,
  RELATIVE_DATES,
} from "@formwright/model";
import { Button, Select } from "antd";
import { useT, useText } from "../i18n/locale.ts";
import { propertiesOf, propertyAt } from "../model/properties.ts";
import { useModel } from "../model/workspace-context.tsx";
import { stageChoices, useWidgetEnvironment } from "../records/widget-environment.tsx";
import css from "./filter-builder.module.css";

interface Props {
  readonly entity: Entity;
  readonly value: FilterGroup;
  readonly onChange: (value: FilterGroup) => void;
}

/** Conditions by picking: a field, how to compare, with what. */
export function FilterBuilder({ entity, value, onChange }: Props) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const choices = propertiesOf(entity).filter((property) => operatorsOf(property.field, model.kinds).length > 0);
  const setFilter = (index: number, filter: Filter) =>
    onChange({ ...value, filters: value.filters.map((one, at) => (at === index ? filter : one)) });
  const add = (path: string) => {
    const property = propertyAt(model, entity, path);
    const [operator] = property === null ? [] : operatorsOf(property.field, model.kinds);
    if (operator !== undefined) onChange({ ...value, filters: [...value.filters, startingFilter(path, operator)] });
  };
  return (
    <div className={css.builder}>
      {value.filters.length > 1 && (
        <div className={css.match}>
          <span>{t("views.matching")}</span>
          <Select
            size="small"
            aria-label={t("views.matching")}
            value={value.match}
            onChange={(match) => onChange({ ...value, match })}
            options={[
              { value: "all", label: t("views.allOf") },
              { value: "any", label: t("views.anyOf") },
            ]}
          />
        </div>
      )}
      {value.filters.map((filter, index) => (
        <Condition
          key={index}
          entity={entity}
          filter={filter}
          onChange={(next) => setFilter(index, next)}
          onRemove={() => onChange({ ...value, filters: value.filters.filter((_, at) => at !== index) })}
        />
      ))}
      <Select
        className={css.add}
        showSearch={{ optionFilterProp: "label" }}
        value={null}
        placeholder={
          <>
            <PlusOutlined aria-hidden /> {t("views.addCondition")}
          </>
        }
        aria-label={t("views.addCondition")}
        onChange={(path: string | null) => path !== null && add(path)}
        options={choices.map((property) => ({ value: property.path, label: text(property.label, property.path) }))}
      />
    </div>
  );
}

interface ConditionProps {
  readonly entity: Entity;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly onRemove: () => void;
}

function Condition({ entity, filter, onChange, onRemove }: ConditionProps) {
  const t = useT();
  const text = useText();
  const model = useModel();
  const property = propertyAt(model, entity, filter.field);
  if (property === null) return null;
  const operators = operatorsOf(property.field, model.kinds);
  return (
    <div className={css.condition}>
      <span className={css.field}>{text(property.label, filter.field)}</span>
      <Select
        aria-label={text(property.label, filter.field)}
        value={filter.operator}
        onChange={(operator: FilterOperator) => onChange(changedOperator(filter, operator))}
        options={operators.map((operator) => ({ value: operator, label: text(FILTER_OPERATORS[operator].label) }))}
        popupMatchSelectWidth={false}
      />
      <div className={css.value}>
        <Operand field={property.field} filter={filter} onChange={(value) => onChange({ ...filter, value })} />
      </div>
      <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t("common.remove")} onClick={onRemove} />
    </div>
  );
}

interface OperandProps {
  readonly field: Field;
  readonly filter: Filter;
  readonly onChange: (value: Json) => void;
}

function Operand({ field, filter, onChange }: OperandProps) {
  const t = useT();
  const text = useText();
  const takes = FILTER_OPERATORS[filter.operator].takes;
  if (takes === "none") return null;
  if (takes === "relative") {
    return (
      <Select
        className={css.wide}
        aria-label={text(field.label, field.key)}
        value={typeof filter.value === "string" ? filter.value : null}
        onChange={(value: string | null) => onChange(value)}
        options={RELATIVE_DATES.map((span) => ({ value: span.key, label: text(span.label) }))}
      />
    );
  }
  if (takes === "list") return <ListOperand field={field} value={filter.value} onChange={onChange} />;
  if (takes === "pair") {
    const [low = null, high = null] = Array.isArray(filter.value) ? filter.value : [];
    return (
      <div className={css.pair}>
        <OneOperand field={field} value={low} label={t("views.from")} onChange={(next) => onChange([next, high])} />
        <span aria-hidden>–</span>
        <OneOperand field={field} value={high} label={t("views.to")} onChange={(next) => onChange([low, next])} />
      </div>
    );
  }
  return <OneOperand field={field} value={filter.value} label={text(field.label, field.key)} onChange={onChange} />;
}

interface ValueProps {
  readonly field: Field;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
}

function ListOperand({ field, value, onChange }: ValueProps) {
  const text = useText();
  const options = useChoices(field);
  return (
    <Select
      className={css.wide}
      mode={options === null ? "tags" : "multiple"}
      tokenSeparators={[",", "，", "、"]}
      aria-label={text(field.label, field.key)}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={(next: string[]) => onChange(isNumeric(field) ? next.map(Number).filter(Number.isFinite) : next)}
      {...(options === null ? { open: false, suffixIcon: null } : { options: [...options] })}
    />
  );
}

/** One value: chosen from a list for choices and stages, else with the field's own widget. */
function OneOperand({ field, value, label, onChange }: ValueProps & { readonly label: string }) {
  const env = useWidgetEnvironment();
  const options = useChoices(field);
  if (options !== null) {
    return (
      <Select
        className={css.wide}
        aria-label={label}
        showSearch={{ optionFilterProp: "label" }}
        value={typeof value === "string" ? value : null}
        onChange={(next: string | null) => onChange(next)}
        options={[...options]}
      />
    );
  }
  const { Edit } = widgetOf(operandKind(field));
  if (Edit === null) return null;
  return (
    <Edit
      field={{ ...field, required: false }}
      value={value}
      env={env}
      label={label}
      onChange={(next) => onChange(next)}
    />
  );
}

function useChoices(field: Field): readonly { readonly value: string; readonly label: string }[] | null {
  const text = useText();
  const model = useModel();
  const kind = model.kinds[field.kind];
  const choices =
    field.kind === "stage" ? stageChoices(model, String(field.options.flow)) : kind?.choices?.(field.options);
  return choices?.map((choice) => ({ value: choice.value, label: text(choice.label, choice.value) })) ?? null;
}

/** The kind whose widget types an operand: computed kinds have none of their own, long text needs one line only. */
function operandKind(field: Field): string {
  if (field.kind === "formula") {
    const result = String(field.options.result);
    return result === "text" || result === "date" ? result : "number";
  }
  return field.kind === "longtext" || field.kind === "autonumber" || field.kind === "email" || field.kind === "url"
    ? "text"
    : field.kind;
}

function isNumeric(field: Field): boolean {
  return ["number", "money", "percent", "formula"].includes(field.kind);
}

function startingFilter(field: string, operator: FilterOperator): Filter {
  return { field, operator, value: startingValue(operator) };
}

function startingValue(operator: FilterOperator): Json {
  const { takes } = FILTER_OPERATORS[operator];
  return { none: null, one: null, pair: [null, null], list: [], relative: "today" }[takes];
}

/** Another way to compare keeps the value where it fits. */
function changedOperator(filter: Filter, operator: FilterOperator): Filter {
  const before = FILTER_OPERATORS[filter.operator].takes;
  const after = FILTER_OPERATORS[operator].takes;
  if (before === after) return { ...filter, operator };
  if (before === "one" && after === "list" && filter.value !== null)
    return { ...filter, operator, value: [filter.value] };
  if (before === "list" && after === "one" && Array.isArray(filter.value)) {
    return { ...filter, operator, value: filter.value[0] ?? null };
  }
  return { ...filter, operator, value: startingValue(operator) };
}

/** The conditions that say something: one that still waits for its value is left out of the query. */
export function completeFilters(group: FilterGroup): FilterGroup {
  return { ...group, filters: group.filters.filter(isComplete) };
}

function isComplete({ operator, value }: Filter): boolean {
  const { takes } = FILTER_OPERATORS[operator];
  if (takes === "none") return true;
  if (takes === "list") return Array.isArray(value) && value.length > 0;
  if (takes === "pair") return Array.isArray(value) && value.length === 2 && value.every((one) => one !== null);
  return value !== null && value !== "";
}
