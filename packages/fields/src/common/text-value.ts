import { type Finding, finding, type Json, type ReadText } from "@formwright/model";

/** What every text that people write must satisfy: PostgreSQL keeps neither NUL nor half characters. */
export function checkText(value: Json): Finding[] {
  if (typeof value !== "string") return [];
  const findings: Finding[] = [];
  if (value.includes("\u0000")) findings.push(finding("nulCharacter", ""));
  if (!value.isWellFormed()) findings.push(finding("loneSurrogate", ""));
  if (value.trim() === "") findings.push(finding("blank", ""));
  return findings;
}

/** A text that was read: trimmed, null when nothing is left. */
export function readTrimmed(text: string): ReadText {
  return { ok: true, value: text.trim() || null };
}

/** A failed reading, with the words of its code. */
export function unread(code: Parameters<typeof finding>[0], text: string): ReadText {
  const { message } = finding(code, "", { text });
  return { ok: false, code, message };
}

/** A text value as it is; "" for null. */
export function writeAsIs(value: Json): string {
  return value === null ? "" : String(value);
}

/** Full-width digits, letters and signs (Ａ１，．％) as their plain forms. */
export function narrow(text: string): string {
  return text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replaceAll("　", " ");
}
