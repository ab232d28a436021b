import type { RuleType } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

/** What every record has beside its fields. Rules, filters, sorts and columns name these by key. */
export interface SystemField {
  readonly key: string;
  readonly column: string;
  readonly type: RuleType;
  /** The field kind that shows it. */
  readonly kind: string;
  readonly label: LocalText;
  /** The name beside `values` on the wire. */
  readonly wire: string;
}

export const SYSTEM_FIELDS: readonly SystemField[] = [
  { key: "id", column: "id", type: "id", kind: "text", label: { en: "Id", "zh-CN": "ID" }, wire: "id" },
  {
    key: "owner",
    column: "owner",
    type: "id",
    kind: "member",
    label: { en: "Owner", "zh-CN": "负责人" },
    wire: "owner",
  },
  {
    key: "owner_department",
    column: "owner_department",
    type: "id",
    kind: "department",
    label: { en: "Owner's department", "zh-CN": "所属部门" },
    wire: "ownerDepartment",
  },
  {
    key: "created_at",
    column: "created_at",
    type: "datetime",
    kind: "datetime",
    label: { en: "Created", "zh-CN": "创建时间" },
    wire: "createdAt",
  },
  {
    key: "created_by",
    column: "created_by",
    type: "id",
    kind: "member",
    label: { en: "Created by", "zh-CN": "创建人" },
    wire: "createdBy",
  },
  {
    key: "updated_at",
    column: "updated_at",
    type: "datetime",
    kind: "datetime",
    label: { en: "Changed", "zh-CN": "更新时间" },
    wire: "updatedAt",
  },
  {
    key: "updated_by",
    column: "updated_by",
    type: "id",
    kind: "member",
    label: { en: "Changed by", "zh-CN": "更新人" },
    wire: "updatedBy",
  },
  {
    key: "version",
    column: "version",
    type: "number",
    kind: "number",
    label: { en: "Version", "zh-CN": "版本" },
    wire: "version",
  },
  {
    key: "deleted_at",
    column: "deleted_at",
    type: "datetime",
    kind: "datetime",
    label: { en: "Deleted", "zh-CN": "删除时间" },
    wire: "deletedAt",
  },
];

/** Keys that no field of an entity may take. */
export const RESERVED_FIELD_KEYS: ReadonlySet<string> = new Set([
  ...SYSTEM_FIELDS.map((field) => field.key),
  "parent_id",
  "position",
  "values",
  // Legal as keys, but names that every JavaScript object answers to.
  "constructor",
  "prototype",
]);
