import { type Entity, type Field, textIn } from "@formwright/model";
import { storageOf } from "../model/field-storage.ts";
import type { PlanLevel, PlanRemark } from "./plan-draft.ts";

/** One sentence of a plan, in both languages. */
export function remark(
  level: PlanLevel,
  english: string,
  chinese: string,
  counts?: { readonly [name: string]: number },
): PlanRemark {
  return { level, words: { en: english, "zh-CN": chinese }, ...(counts && { counts }) };
}

export function en(field: Field | undefined): string {
  return textIn(field?.label, "en", field?.key);
}

export function zh(field: Field | undefined): string {
  return textIn(field?.label, "zh-CN", field?.key);
}

export function columnOf(field: Field): string | null {
  return storageOf(field).filterColumn(field);
}

/** The SQL type of a stored value; null for computed ones, whose column is made anew. */
export function typeOf(field: Field): string | null {
  if (field.kind === "formula" || field.kind === "subform") return null;
  const entity = { fields: [field] } as unknown as Entity;
  return storageOf(field).columns(field, { entity, timeZone: "UTC" })[0]?.type ?? null;
}

/** The most characters that a field takes; null when it says nothing. */
export function lengthOf(field: Field): number | null {
  return typeof field.schema.maxLength === "number" ? field.schema.maxLength : null;
}
