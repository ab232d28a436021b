import type { FormValues } from "./form-logic.ts";

/** What somebody typed and did not save, kept on this device. */
export interface FormDraft {
  /** The version it was begun on; null for a new record. */
  readonly version: number | null;
  readonly values: FormValues;
  readonly titles: Readonly<Record<string, string | null>>;
  readonly at: string;
}

const PREFIX = "formwright.draft.";
const LIFETIME_MS = 14 * 86_400_000;

export function draftKey(slug: string, entity: string, id: string | null): string {
  return `${PREFIX}${slug}.${entity}.${id ?? "new"}`;
}

/** The draft of a form, unless it is too old or not readable. */
export function readDraft(key: string, now: number): FormDraft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null") as FormDraft | null;
    if (draft === null || typeof draft.values !== "object") return null;
    if (now - Date.parse(draft.at) < LIFETIME_MS) return draft;
    localStorage.removeItem(key);
  } catch {
    // A draft that cannot be read is no draft.
  }
  return null;
}

export function writeDraft(key: string, draft: FormDraft): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The device has no room: the form still works.
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(key);
}
