import { numberOptions } from "../common/number-value.ts";
import { currencySign } from "../widget/currency.ts";
import { DecimalInput, fixedDigits } from "../widget/decimal-input.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const moneyWidget = fieldWidget({ key: "money", Edit: MoneyEdit, Read: MoneyRead, align: "right", width: 140 });

function MoneyEdit(props: EditProps) {
  const sign = currencySign(String(props.field.options.currency ?? ""), props.env.locale);
  return <DecimalInput {...props} prefix={props.isBare ? undefined : sign} />;
}

function MoneyRead({ field, value, env }: ReadProps) {
  if (typeof value !== "number") return null;
  const sign = currencySign(String(field.options.currency ?? ""), env.locale);
  const digits = fixedDigits(Math.abs(value), numberOptions(field.options).scale);
  return (
    <span style={{ fontVariantNumeric: "tabular-nums" }}>
      {value < 0 && "−"}
      {sign}
      {digits}
    </span>
  );
}
