import { fieldWidget } from "../widget/field-widget.ts";
import { TextEdit } from "../widget/plain-text.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const emailWidget = fieldWidget({ key: "email", Edit: EmailEdit, Read: EmailRead, width: 210 });

function EmailEdit(props: EditProps) {
  return <TextEdit {...props} type="email" placeholder="name@example.com" />;
}

function EmailRead({ value }: ReadProps) {
  return typeof value === "string" ? <a href={`mailto:${value}`}>{value}</a> : null;
}
