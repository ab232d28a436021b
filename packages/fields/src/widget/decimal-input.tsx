import { InputNumber } from "antd";
import type { ReactNode } from "react";
import { narrow } from "../common/text-value.ts";
import type { EditProps } from "../widget-kind.ts";

interface Props extends EditProps {
  readonly suffix?: ReactNode;
  readonly prefix?: ReactNode;
}

/**
 * A box for an exact decimal. It works on the digits as text, so nothing passes through binary arithmetic, and it does
 * not round what was typed: too many places are said at the field.
 */
export function DecimalInput({ value, onChange, suffix, prefix, ...rest }: Props) {
  return (
    <InputNumber<string>
      id={rest.id}
      stringMode
      controls={false}
      keyboard={false}
      style={{ width: "100%" }}
      value={typeof value === "number" ? plainDigits(value) : null}
      onChange={(text) => onChange(text === null || text === "" ? null : Number(text))}
      formatter={(text, { userTyping, input }) => (userTyping ? input : groupDigits(String(text ?? "")))}
      parser={(text) => narrow(text ?? "").replace(/[,\s_%¥￥$€£]/g, "")}
      suffix={suffix}
      prefix={prefix}
      disabled={rest.disabled}
      status={rest.isInvalid ? "error" : undefined}
      variant={rest.isBare ? "borderless" : undefined}
      styles={rest.isBare ? { input: { textAlign: "right" } } : {}}
      autoFocus={rest.autoFocus}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-describedby={rest.describedBy}
    />
  );
}

/** A number's digits without an exponent: 1e-7 is 0.0000001. */
export function plainDigits(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  return value.toFixed(10).replace(/\.?0+$/, "");
}

/** "1234567.5" as "1,234,567.5". */
export function groupDigits(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A number with its places filled up, grouped: 1234.5 at two places is "1,234.50". */
export function fixedDigits(value: number, scale: number): string {
  const digits = plainDigits(value);
  const [whole = "0", fraction = ""] = digits.split(".");
  return groupDigits(scale > 0 ? `${whole}.${fraction.padEnd(scale, "0")}` : digits);
}
