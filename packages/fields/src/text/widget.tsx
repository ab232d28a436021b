import { fieldWidget } from "../widget/field-widget.ts";
import { TextEdit, TextRead } from "../widget/plain-text.tsx";

export const textWidget = fieldWidget({ key: "text", Edit: TextEdit, Read: TextRead, width: 200 });
