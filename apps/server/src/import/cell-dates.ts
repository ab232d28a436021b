/** What a number format shows of a date. */
export type DateStyle = "date" | "time" | "datetime";

/** Which built-in number formats show dates (ECMA-376 18.8.30). */
const BUILT_IN: Readonly<Record<number, DateStyle>> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "date"])),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, "time"])),
  22: "datetime",
};

export function builtInStyle(id: number): DateStyle | null {
  return BUILT_IN[id] ?? null;
}

/** What a format such as `yyyy"年"m"月"` shows; null for numbers and texts. */
export function dateStyleOf(code: string): DateStyle | null {
  const letters = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_./gi, "").toLowerCase();
  const hasDate = /[yd]|m{3}/.test(letters);
  const hasTime = /[hs]/.test(letters);
  if (hasDate) return hasTime ? "datetime" : "date";
  return hasTime ? "time" : null;
}

/** Days since 1899-12-30 (or 1904-01-01); Excel believes in a 29 February 1900, so days up to that are one off. */
export function dateText(serial: number, style: DateStyle, startsIn1904: boolean): string {
  const days = startsIn1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const instant = new Date(Math.round((days - 25_569) * 86_400) * 1_000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  const [date = "", time = ""] = instant.toISOString().slice(0, 19).split("T");
  if (style === "time") return time;
  return style === "date" && time === "00:00:00" ? date : `${date} ${time}`;
}
