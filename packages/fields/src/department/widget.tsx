import { fieldWidget } from "../widget/field-widget.ts";
import { RecordPicker } from "../widget/record-picker.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const departmentWidget = fieldWidget({
  key: "department",
  Edit: DepartmentEdit,
  Read: DepartmentRead,
  width: 140,
});

function DepartmentEdit(props: EditProps) {
  return <RecordPicker {...props} entity="department" />;
}

function DepartmentRead({ value, title }: ReadProps) {
  return typeof value === "string" ? (title ?? "—") : null;
}
