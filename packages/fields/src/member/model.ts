import { fieldKind } from "../common/field-kind-defaults.ts";
import { POINTER_KIND, readPointer, writePointer } from "../common/person-or-record.ts";

/** A person of the workspace. */
export const memberKind = fieldKind({
  ...POINTER_KIND,
  key: "member",
  label: { en: "Member", "zh-CN": "成员" },
  group: "people",
  icon: "member",
  target: () => "member",
  operators: ["isMe", ...POINTER_KIND.operators],
  readText: (text, _field, context) => readPointer(text, "member", context),
  writeText: (value, _field, context) => writePointer(value, "member", context),
});
