import { DatePicker } from "antd";
import dayjs from "dayjs";
import { fieldWidget } from "../widget/field-widget.ts";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const dateWidget = fieldWidget({ key: "date", Edit: DateEdit, Read: DateRead, width: 120 });

const FORMATS = ["YYYY-MM-DD", "YYYY/M/D", "YYYY.M.D", "YYYYMMDD"];

function DateEdit({ value, onChange, ...rest }: EditProps) {
  return (
    <DatePicker
      id={rest.id}
      style={{ width: "100%" }}
      format={FORMATS}
      value={typeof value === "string" ? dayjs(value) : null}
      onChange={(day) => onChange(day === null || Array.isArray(day) ? null : day.format("YYYY-MM-DD"))}
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

function DateRead({ value }: ReadProps) {
  if (typeof value !== "string") return null;
  return <time dateTime={value}>{value}</time>;
}
