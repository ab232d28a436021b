import { fieldWidget } from "../widget/field-widget.ts";
import { PersonName } from "../widget/person-name.tsx";
import { RecordPicker } from "../widget/record-picker.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const memberWidget = fieldWidget({ key: "member", Edit: MemberEdit, Read: MemberRead, width: 130 });

function MemberEdit(props: EditProps) {
  return <RecordPicker {...props} entity="member" />;
}

function MemberRead({ value, title }: ReadProps) {
  return typeof value === "string" ? <PersonName name={title ?? "—"} /> : null;
}
