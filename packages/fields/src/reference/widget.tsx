import { targetOf } from "../common/person-or-record.ts";
import { fieldWidget } from "../widget/field-widget.ts";
import { RecordPicker, RecordTitle } from "../widget/record-picker.tsx";
import type { EditProps, ReadProps } from "../widget-kind.ts";

export const referenceWidget = fieldWidget({
  key: "reference",
  Edit: ReferenceEdit,
  Read: ReferenceRead,
  width: 190,
});

function ReferenceEdit(props: EditProps) {
  return <RecordPicker {...props} entity={targetOf(props.field)} />;
}

function ReferenceRead(props: ReadProps) {
  return <RecordTitle {...props} entity={targetOf(props.field)} />;
}
