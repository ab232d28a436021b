import { numberOptions } from "../common/number-value.ts";
import { DecimalInput, fixedDigits } from "../widget/decimal-input.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const numberWidget = fieldWidget({
  key: "number",
  Edit: NumberEdit,
  Read: NumberRead,
  align: "right",
  width: 120,
});

function NumberEdit(props: EditProps) {
  const { unit } = props.field.options;
  return <DecimalInput {...props} suffix={typeof unit === "string" && !props.isBare ? unit : undefined} />;
}

function NumberRead({ field, value }: ReadProps) {
  if (typeof value !== "number") return null;
  const { unit } = field.options;
  const digits = fixedDigits(value, numberOptions(field.options).scale);
  return (
    <span style={{ fontVariantNumeric: "tabular-nums" }}>
      {digits}
      {typeof unit === "string" && unit !== "" && ` ${unit}`}
    </span>
  );
}
