/** The languages that definitions and screens carry. */
export type Locale = "en" | "zh-CN";

export const LOCALES: readonly Locale[] = ["en", "zh-CN"];

/** A text in several languages. At least one is present; see {@link textIn} for the fallback. */
export type LocalText = { readonly [L in Locale]?: string };

/**
 * The text in the wanted language, else in any other that is there.
 *
 * @param text the text as defined; may be missing
 * @param locale the language wanted
 * @returns the text, or `fallback` (empty unless given) when there is none in any language
 */
export function textIn(text: LocalText | undefined, locale: Locale, fallback = ""): string {
  if (!text) return fallback;
  return text[locale] || LOCALES.map((other) => text[other]).find(Boolean) || fallback;
}
