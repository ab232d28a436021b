import { writeYesNo } from "../common/boolean-text.ts";
import { currencySign } from "../widget/currency.ts";
import { fixedDigits, groupDigits, plainDigits } from "../widget/decimal-input.tsx";
import { fieldWidget } from "../widget/field-widget.ts";
import type { ReadProps } from "../widget-kind.ts";
import { formulaOptions } from "./formula-options.ts";

export const formulaWidget = fieldWidget({ key: "formula", Edit: null, Read: FormulaRead, align: "right", width: 130 });

function FormulaRead({ field, value, env }: ReadProps) {
  if (value === null || value === undefined) return null;
  const { result, scale } = formulaOptions(field.options);
  if (typeof value === "boolean") return writeYesNo(value, env.locale);
  if (typeof value !== "number") return String(value);
  const { currency, unit } = field.options;
  const shown = Math.abs(value);
  const digits = result === "percent" ? groupDigits(plainDigits(shown)) : fixedDigits(shown, scale ?? 0);
  const sign = result === "money" ? currencySign(String(currency ?? "CNY"), env.locale) : "";
  const behind = result === "percent" ? "%" : typeof unit === "string" && unit !== "" ? ` ${unit}` : "";
  return (
    <span style={{ fontVariantNumeric: "tabular-nums" }}>
      {value < 0 && "−"}
      {sign}
      {digits}
      {behind}
    </span>
  );
}
