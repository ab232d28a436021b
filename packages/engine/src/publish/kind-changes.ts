import type { Field } from "@formwright/model";

/**
 * Changes of a field's kind that cannot lose anything, by the kind that it was: what it may become, and the SQL that
 * converts a value (`?` stands for the column; absent when the column stays as it is).
 */
type Conversion = string | null;

const AS_TEXT: Conversion = "?::text";
const AS_IT_IS: Conversion = null;

const TEXTS = { text: AS_IT_IS, longtext: AS_IT_IS } as const;

export const KIND_CHANGES: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  text: { longtext: AS_IT_IS },
  email: TEXTS,
  phone: TEXTS,
  url: TEXTS,
  select: TEXTS,
  autonumber: TEXTS,
  number: { money: AS_IT_IS, percent: AS_IT_IS, text: AS_TEXT },
  money: { number: AS_IT_IS },
  percent: { number: AS_IT_IS },
  multiselect: { tags: AS_IT_IS },
  date: { text: AS_TEXT },
};

/** True when nothing of any value is lost by the change. */
export function canChangeKind(from: Field, to: Field): boolean {
  return from.kind === to.kind || Object.hasOwn(KIND_CHANGES[from.kind] ?? {}, to.kind);
}

/** The expression that turns a column of the old kind into one of the new; the column itself when it only grows. */
export function conversionOf(from: Field, to: Field, column: string): string {
  const quoted = `"${column}"`;
  return (KIND_CHANGES[from.kind]?.[to.kind] ?? "?").replace("?", quoted);
}
