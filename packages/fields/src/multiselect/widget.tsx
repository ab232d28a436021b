import { textIn } from "@formwright/model";
import { Select } from "antd";
import { choicesOf } from "../common/choice-value.ts";
import { ChoiceTag, choiceOf } from "../widget/choice-tag.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import { textList } from "../widget/text-list.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const multiselectWidget = fieldWidget({
  key: "multiselect",
  Edit: MultiselectEdit,
  Read: MultiselectRead,
  width: 190,
});

function MultiselectEdit({ field, value, onChange, env, ...rest }: EditProps) {
  const chosen = textList(value);
  const choices = choicesOf(field.options).filter((choice) => choice.retired !== true || chosen.includes(choice.value));
  return (
    <Select
      id={rest.id}
      mode="multiple"
      style={{ width: "100%" }}
      showSearch={{ optionFilterProp: "label" }}
      value={[...chosen]}
      onChange={(next: string[]) => onChange(next.length === 0 ? null : next)}
      options={choices.map((choice) => ({
        value: choice.value,
        label: textIn(choice.label, env.locale, choice.value),
      }))}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

function MultiselectRead({ field, value, env }: ReadProps) {
  const chosen = textList(value);
  if (chosen.length === 0) return null;
  const choices = choicesOf(field.options);
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4, maxWidth: "100%" }}>
      {chosen.map((one) => (
        <ChoiceTag key={one} choice={choiceOf(choices, one)} locale={env.locale} />
      ))}
    </span>
  );
}
