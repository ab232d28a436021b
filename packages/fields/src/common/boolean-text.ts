import type { Json, ReadText, TextContext } from "@formwright/model";
import { narrow, unread } from "./text-value.ts";

const YES = new Set(["1", "yes", "y", "true", "t", "on", "x", "✓", "√", "是", "对", "真", "有"]);
const NO = new Set(["0", "no", "n", "false", "f", "off", "✗", "×", "否", "不", "错", "假", "无"]);

/** Reads yes and no in both languages, 1 and 0, ticks and crosses. */
export function readYesNo(text: string): ReadText {
  const word = narrow(text).trim().toLowerCase();
  if (word === "") return { ok: true, value: null };
  if (YES.has(word)) return { ok: true, value: true };
  return NO.has(word) ? { ok: true, value: false } : unread("notBoolean", text.trim());
}

/** Yes or no in the reader's language. */
export function writeYesNo(value: Json, locale: TextContext["locale"]): string {
  if (value === null) return "";
  if (locale === "en") return value ? "Yes" : "No";
  return value ? "是" : "否";
}
