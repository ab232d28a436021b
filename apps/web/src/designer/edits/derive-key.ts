import { RESERVED_FIELD_KEYS } from "@formwright/model";

const MAX_KEY_LENGTH = 40;

type ToLatin = (text: string) => string;
let pinyinOf: ToLatin | null = null;

/** Fetches the dictionary that keys are made from Chinese labels with: too large to come along with every page. */
export async function loadPinyin(): Promise<void> {
  const { pinyin } = await import("pinyin-pro");
  pinyinOf = (text) => pinyin(text, { toneType: "none", type: "array", nonZh: "consecutive", v: true }).join(" ");
}

/**
 * The words of a label as lower-case latin letters and digits; Chinese characters become their pinyin, and are left out
 * until the dictionary is there.
 */
export function latinWords(label: string): string[] {
  const latin = pinyinOf !== null && /\p{Script=Han}/u.test(label) ? pinyinOf(label) : label;
  return latin
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/**
 * A definition key made from a label: `^[a-z][a-z0-9_]{0,39}$`, not yet taken and not reserved.
 *
 * @param label what a person typed, in any script
 * @param taken keys that may not be used again
 * @param fallback used when the label holds no letter or digit that a key could be made of
 */
export function deriveKey(label: string, taken: Iterable<string> = [], fallback = "field"): string {
  const used = new Set(taken);
  let base = latinWords(label).join("_");
  if (!base) base = fallback;
  if (!/^[a-z]/.test(base)) base = `${fallback}_${base}`;
  if (base.startsWith("fw_")) base = `x_${base}`;
  base = base.slice(0, MAX_KEY_LENGTH).replace(/_+$/, "");
  if (!used.has(base) && !RESERVED_FIELD_KEYS.has(base)) return base;
  for (let n = 2; ; n += 1) {
    const suffix = `_${n}`;
    const candidate = base.slice(0, MAX_KEY_LENGTH - suffix.length).replace(/_+$/, "") + suffix;
    if (!used.has(candidate)) return candidate;
  }
}

/** A workspace address made from its name: lower-case words joined by dashes, at most 30 characters. */
export function deriveSlug(name: string): string {
  const slug = latinWords(name).join("-").slice(0, 30).replace(/-+$/, "");
  return /^[a-z]/.test(slug) ? slug : slug ? `w-${slug}`.slice(0, 30) : "";
}

/** What is wrong with a key that a person typed, or null when it can be used. */
export function keyProblem(key: string, taken: Iterable<string> = []): "pattern" | "reserved" | "taken" | null {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(key) || key.includes("__") || key.startsWith("fw_")) return "pattern";
  if (RESERVED_FIELD_KEYS.has(key)) return "reserved";
  return new Set(taken).has(key) ? "taken" : null;
}
