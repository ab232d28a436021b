import type { RecordJson } from "../api/wire.ts";
import type { FormValues } from "./form-logic.ts";
import { refOf } from "./read-value.ts";

/** A record's values as a form holds them: its fields, and its owner beside. */
export function recordValues(record: RecordJson): FormValues {
  return {
    ...record.values,
    owner: record.owner,
    owner_department: record.ownerDepartment ?? null,
    created_at: record.createdAt,
    created_by: record.createdBy,
    updated_at: record.updatedAt,
    updated_by: record.updatedBy,
  };
}

/** The titles of what a record points to, by field. */
export function recordTitles(record: RecordJson): Readonly<Record<string, string | null>> {
  const titles: Record<string, string | null> = {};
  for (const key of Object.keys(record.refs ?? {})) {
    const ref = refOf(record, key);
    if (ref !== null) titles[key] = ref.title;
  }
  return titles;
}

/** The values of references that came whole, by field: for rules that walk there. */
export function expandedValues(record: RecordJson): Readonly<Record<string, FormValues | undefined>> {
  const whole: Record<string, FormValues | undefined> = {};
  for (const key of Object.keys(record.refs ?? {})) whole[key] = refOf(record, key)?.values;
  return whole;
}
