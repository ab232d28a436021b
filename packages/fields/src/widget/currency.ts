import type { Locale } from "@formwright/model";

/** The sign of a currency as it is short and known in the reader's language: ¥, $, €; else its code. */
export function currencySign(currency: string, locale: Locale): string {
  try {
    const parts = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    }).formatToParts(0);
    return parts.find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}
