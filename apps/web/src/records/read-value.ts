import type { Json } from "@formwright/model";
import type { RecordJson, Ref } from "../api/wire.ts";
import type { Property } from "../model/properties.ts";

export interface ShownValue {
  readonly value: Json;
  /** Title of the record that the value points to. */
  readonly title: string | null | undefined;
}

/** The value of a property of a record, through an expanded reference if its path says so. */
export function readValue(record: RecordJson, property: Property): ShownValue {
  const [first = "", ...rest] = property.path.split(".");
  if (rest.length > 0) {
    const ref = refOf(record, first);
    return { value: ref?.values?.[rest.join(".")] ?? null, title: ref?.refs?.[rest.join(".")]?.title };
  }
  const wire = property.wire;
  const beside = (record as unknown as Readonly<Record<string, Json>>)[wire ?? ""];
  const value = (wire === null ? record.values[first] : beside) ?? null;
  return { value, title: property.target === null ? undefined : refOf(record, wire ?? first)?.title };
}

interface ExpandedRef extends Ref {
  readonly values?: Readonly<Record<string, Json>>;
  readonly refs?: Readonly<Record<string, Ref | null>>;
}

/** The reference under a key of `refs`; null when it is empty. */
export function refOf(record: RecordJson, key: string): ExpandedRef | null {
  const ref = record.refs?.[key];
  return ref === undefined || ref === null || Array.isArray(ref) ? null : (ref as ExpandedRef);
}

/** The references that have to come whole, because a path walks through them. */
export function expandFor(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path) => path.includes(".")).map((path) => path.split(".")[0] ?? ""))];
}
