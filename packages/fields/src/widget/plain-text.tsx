import { Input } from "antd";
import type { ReactNode } from "react";
import type { EditProps, ReadProps } from "../widget-kind.ts";

/** A value that is a text, shown as it is. */
export function TextRead({ value }: ReadProps): ReactNode {
  return typeof value === "string" ? value : null;
}

interface TextEditProps extends EditProps {
  readonly type?: "text" | "email" | "tel" | "url";
  readonly placeholder?: string;
}

/** One line to type into. Empty is null. */
export function TextEdit({ value, onChange, type = "text", placeholder, field, ...rest }: TextEditProps) {
  const { maxLength } = field.schema;
  return (
    <Input
      id={rest.id}
      type={type}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
      onBlur={(event) => {
        const trimmed = event.target.value.trim();
        if (trimmed !== event.target.value) onChange(trimmed === "" ? null : trimmed);
      }}
      placeholder={placeholder}
      maxLength={typeof maxLength === "number" ? maxLength : undefined}
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
