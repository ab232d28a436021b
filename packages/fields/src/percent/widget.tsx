import { DecimalInput, groupDigits, plainDigits } from "../widget/decimal-input.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const percentWidget = fieldWidget({
  key: "percent",
  Edit: PercentEdit,
  Read: PercentRead,
  align: "right",
  width: 100,
});

function PercentEdit(props: EditProps) {
  return <DecimalInput {...props} suffix={props.isBare ? undefined : "%"} />;
}

function PercentRead({ value }: ReadProps) {
  if (typeof value !== "number") return null;
  return <span style={{ fontVariantNumeric: "tabular-nums" }}>{groupDigits(plainDigits(value))}%</span>;
}
