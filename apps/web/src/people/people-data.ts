import type { LocalText, Role } from "@formwright/model";
import { useQuery } from "@tanstack/react-query";
import type { RecordJson } from "../api/wire.ts";
import { useWorkspace } from "../model/workspace-context.tsx";
import { fetchPage } from "../records/use-records.ts";

/** A value of a record as text; empty when it has none. */
export function textOf(record: RecordJson, field: string): string {
  const value = record.values[field];
  return typeof value === "string" ? value : "";
}

export function rolesOf(record: RecordJson): readonly string[] {
  const value = record.values.roles;
  return Array.isArray(value) ? value.map(String) : [];
}

/** The title that a reference of a record came with. */
export function refTitle(record: RecordJson, field: string): string {
  const ref = record.refs?.[field];
  return ref && "title" in ref ? (ref.title ?? "") : "";
}

export function isActive(record: RecordJson): boolean {
  return record.values.state !== "inactive";
}

const MOST_DEPARTMENTS = 500;

/** All departments, by name. */
export function useDepartments() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: ["records", slug, "department", "all"],
    queryFn: ({ signal }) => fetchPage(slug, "department", { sort: "name", limit: MOST_DEPARTMENTS }, signal),
    select: (page) => page.items,
  });
}

/** The roles that a member can be given, in the order of the model. */
export function useRoles(): readonly { readonly key: string; readonly label: LocalText; readonly admin: boolean }[] {
  const { model } = useWorkspace();
  return [...model.roles.values()].map(({ key, label, admin }: Role) => ({ key, label, admin }));
}
