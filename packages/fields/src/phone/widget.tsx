import { fieldWidget } from "../widget/field-widget.ts";
import { TextEdit } from "../widget/plain-text.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const phoneWidget = fieldWidget({ key: "phone", Edit: PhoneEdit, Read: PhoneRead, width: 150 });

function PhoneEdit(props: EditProps) {
  return <TextEdit {...props} type="tel" />;
}

function PhoneRead({ value }: ReadProps) {
  if (typeof value !== "string") return null;
  return <a href={`tel:${value.replace(/[^\d+,;#*]/g, "")}`}>{value}</a>;
}
