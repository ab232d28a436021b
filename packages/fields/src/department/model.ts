import { fieldKind } from "../common/field-kind-defaults.ts";
import { POINTER_KIND, readPointer, writePointer } from "../common/person-or-record.ts";

/** A department of the workspace. */
export const departmentKind = fieldKind({
  ...POINTER_KIND,
  key: "department",
  label: { en: "Department", "zh-CN": "部门" },
  group: "people",
  icon: "department",
  target: () => "department",
  operators: ["isMyDepartment", ...POINTER_KIND.operators],
  readText: (text, _field, context) => readPointer(text, "department", context),
  writeText: (value, _field, context) => writePointer(value, "department", context),
});
