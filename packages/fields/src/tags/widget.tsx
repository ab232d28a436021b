import { Select } from "antd";
import { ChoiceTag } from "../widget/choice-tag.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import { textList } from "../widget/text-list.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const tagsWidget = fieldWidget({ key: "tags", Edit: TagsEdit, Read: TagsRead, width: 180 });

function TagsEdit({ value, onChange, ...rest }: EditProps) {
  return (
    <Select
      id={rest.id}
      mode="tags"
      style={{ width: "100%" }}
      open={false}
      suffixIcon={null}
      tokenSeparators={[",", "，", ";", "；", "、"]}
      value={[...textList(value)]}
      onChange={(next: string[]) => {
        const tags = [...new Set(next.map((tag) => tag.trim()).filter((tag) => tag !== ""))];
        onChange(tags.length === 0 ? null : tags);
      }}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

function TagsRead({ value, env }: ReadProps) {
  const tags = textList(value);
  if (tags.length === 0) return null;
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4, maxWidth: "100%" }}>
      {tags.map((tag) => (
        <ChoiceTag key={tag} choice={{ value: tag, label: { en: tag } }} locale={env.locale} />
      ))}
    </span>
  );
}
