import type { Json } from "@formwright/model";

/** A value that is a list of texts; empty for anything else. */
export function textList(value: Json): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
