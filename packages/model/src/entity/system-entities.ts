import type { JsonObject } from "../common/json.ts";
import type { EntityDocument } from "./definition.ts";

const STATES = [
  { value: "active", label: { en: "Active", "zh-CN": "在职" }, color: "green" },
  { value: "inactive", label: { en: "Inactive", "zh-CN": "离职" }, color: "default" },
];
const LANGUAGES = [
  { value: "en", label: { en: "English", "zh-CN": "英语" } },
  { value: "zh-CN", label: { en: "Chinese", "zh-CN": "中文" } },
];

function field(kind: string, en: string, zh: string, more: JsonObject = {}): JsonObject {
  return { "x-field": kind, "x-label": { en, "zh-CN": zh }, ...more };
}

/** A person in the workspace. Signing in is a matter of the platform, not of this entity. */
export const MEMBER_ENTITY: EntityDocument = {
  kind: "entity",
  key: "member",
  label: { en: "Member", "zh-CN": "成员" },
  plural: { en: "Members", "zh-CN": "成员" },
  icon: "user",
  titleField: "name",
  system: true,
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: field("text", "Name", "姓名", { "x-options": { maxLength: 100 } }),
      email: field("email", "E-mail", "邮箱", { "x-unique": true }),
      phone: field("phone", "Phone", "电话"),
      department: field("department", "Department", "部门"),
      manager: field("member", "Manager", "直属上级"),
      roles: field("tags", "Roles", "角色"),
      state: field("select", "State", "状态", { "x-options": { choices: STATES }, "x-default": "active" }),
      locale: field("select", "Language", "语言", { "x-options": { choices: LANGUAGES } }),
      time_zone: field("text", "Time zone", "时区", { "x-options": { maxLength: 60 } }),
    },
  },
  fieldOrder: ["name", "email", "phone", "department", "manager", "roles", "state", "locale", "time_zone"],
  search: ["name", "email", "phone"],
};

/** A department; they form a tree through `parent`. */
export const DEPARTMENT_ENTITY: EntityDocument = {
  kind: "entity",
  key: "department",
  label: { en: "Department", "zh-CN": "部门" },
  plural: { en: "Departments", "zh-CN": "部门" },
  icon: "apartment",
  titleField: "name",
  system: true,
  schema: {
    type: "object",
    required: ["name"],
    properties: {
      name: field("text", "Name", "名称", { "x-options": { maxLength: 100 } }),
      parent: field("department", "Part of", "上级部门"),
      head: field("member", "Head", "负责人"),
    },
  },
  fieldOrder: ["name", "parent", "head"],
  search: ["name"],
};

/** The entities of release 1 of every workspace: fields may be added to them; those that are here stay as they are. */
export const SYSTEM_ENTITIES: readonly EntityDocument[] = [MEMBER_ENTITY, DEPARTMENT_ENTITY];

/** Which kinds the fields have that the platform itself relies on. */
export const SYSTEM_ENTITY_FIELDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  SYSTEM_ENTITIES.map((entity) => [entity.key, kindsOf(entity)]),
);

function kindsOf({ schema }: EntityDocument): ReadonlyMap<string, string> {
  const properties = schema.properties as { readonly [key: string]: { readonly "x-field": string } };
  return new Map(Object.entries(properties).map(([key, property]) => [key, property["x-field"]]));
}
