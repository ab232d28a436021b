import type { Assignee } from "@formwright/model";
import type { RuleData, RuleValue } from "@formwright/rules";
import type { FindPeople } from "./way.ts";

/** Whoever a member field holds; `customer.owner` reads a referenced record. */
export const findMemberField: FindPeople<Extract<Assignee, { type: "memberField" }>> = (assignee, { record }) => {
  const value = readPath(record, assignee.field);
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
};

function readPath(record: RuleData, path: string): RuleValue | RuleData {
  let value: RuleValue | RuleData = record;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
    value = (value as RuleData)[key] ?? null;
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? ((value as RuleData).id ?? null)
    : value;
}
