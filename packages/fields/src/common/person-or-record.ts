import type { Field, FieldKindModel, Json, ReadText, TextContext } from "@formwright/model";
import { unread } from "./text-value.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What members, departments and references share: a value is the id of a record of another entity. */
export const POINTER_KIND = {
  valueSchema: () => ({ type: "string", format: "uuid" }),
  ruleType: () => "id",
  operators: ["eq", "ne", "in", "notIn", "isEmpty", "notEmpty"],
} as const satisfies Partial<FieldKindModel>;

/** Reads an id, or a title (for members also an e-mail address) that the caller can look up. */
export function readPointer(text: string, entity: string, context: TextContext): ReadText {
  const title = text.trim();
  if (title === "") return { ok: true, value: null };
  const found = context.findByTitle?.(entity, title) ?? null;
  if (found === "ambiguous") return unread("titleAmbiguous", title);
  if (found !== null) return { ok: true, value: found };
  return UUID.test(title) ? { ok: true, value: title.toLowerCase() } : unread("titleNotFound", title);
}

/** The title of the record, or its id when the title is not known or would not lead back to it. */
export function writePointer(value: Json, entity: string, context: TextContext): string {
  if (typeof value !== "string") return "";
  const title = context.titleOf?.(entity, value) ?? null;
  if (title === null || title.trim() === "") return value;
  const back = context.findByTitle ? context.findByTitle(entity, title.trim()) : value;
  return back === value ? title : value;
}

/** The entity that a field's options name. */
export function targetOf(field: Field): string {
  return String(field.options.entity);
}
