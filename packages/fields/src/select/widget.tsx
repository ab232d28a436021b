import { textIn } from "@formwright/model";
import { Select } from "antd";
import { choicesOf } from "../common/choice-value.ts";
import { ChoiceTag, choiceOf } from "../widget/choice-tag.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const selectWidget = fieldWidget({ key: "select", Edit: SelectEdit, Read: SelectRead, width: 130 });

function SelectEdit({ field, value, onChange, env, ...rest }: EditProps) {
  const choices = choicesOf(field.options).filter((choice) => choice.retired !== true || choice.value === value);
  return (
    <Select
      id={rest.id}
      style={{ width: "100%" }}
      allowClear={!field.required}
      showSearch={choices.length > 8 ? { optionFilterProp: "title" } : false}
      value={typeof value === "string" ? value : undefined}
      onChange={(chosen?: string) => onChange(chosen ?? null)}
      options={choices.map((choice) => ({
        value: choice.value,
        title: textIn(choice.label, env.locale, choice.value),
        label: <ChoiceTag choice={choice} locale={env.locale} />,
      }))}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      autoFocus={rest.autoFocus}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

function SelectRead({ field, value, env }: ReadProps) {
  if (typeof value !== "string") return null;
  return <ChoiceTag choice={choiceOf(choicesOf(field.options), value)} locale={env.locale} />;
}
