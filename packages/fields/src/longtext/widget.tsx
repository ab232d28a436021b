import { Input } from "antd";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const longtextWidget = fieldWidget({
  key: "longtext",
  Edit: LongTextEdit,
  Read: LongTextRead,
  Cell: LongTextCell,
  width: 260,
  isWide: true,
});

function LongTextEdit({ field, value, onChange, ...rest }: EditProps) {
  const { maxLength, rows } = field.options;
  return (
    <Input.TextArea
      id={rest.id}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      autoSize={{ minRows: rest.isBare ? 1 : typeof rows === "number" ? rows : 3, maxRows: 16 }}
      maxLength={typeof maxLength === "number" ? maxLength : undefined}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

function LongTextRead({ value }: ReadProps) {
  if (typeof value !== "string") return null;
  return <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{value}</span>;
}

function LongTextCell({ value }: ReadProps) {
  return typeof value === "string" ? value.replace(/\s+/g, " ").slice(0, 200) : null;
}
