import type { Choice, Locale } from "@formwright/model";
import { textIn } from "@formwright/model";
import { latinWords } from "../edits/derive-key.ts";

/** A value for a new choice: from its label, else numbered; unlike every other. */
export function choiceValue(label: string, taken: readonly string[]): string {
  const base = latinWords(label).join("_").slice(0, 50) || `option_${taken.length + 1}`;
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n += 1) if (!taken.includes(`${base}_${n}`)) return `${base}_${n}`;
}

/** Adds choices by their labels in one language; empty ones and those that are there already are left out. */
export function addChoices(choices: readonly Choice[], labels: readonly string[], locale: Locale): readonly Choice[] {
  const known = new Set(choices.map((choice) => textIn(choice.label, locale).toLowerCase()));
  const next = [...choices];
  for (const label of labels.map((text) => text.trim()).filter(Boolean)) {
    if (known.has(label.toLowerCase())) continue;
    known.add(label.toLowerCase());
    next.push({
      value: choiceValue(
        label,
        next.map((choice) => choice.value),
      ),
      label: { [locale]: label },
    });
  }
  return next;
}

export function moveItem<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const moved = items[from];
  if (moved === undefined || to < 0 || to >= items.length) return items;
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/**
 * A choice with a new label. The value follows the label as long as the choice was never published.
 *
 * @param published values that records may hold already
 */
export function relabelChoice(
  choices: readonly Choice[],
  index: number,
  label: Choice["label"],
  published: ReadonlySet<string>,
): readonly Choice[] {
  const others = choices.filter((_, at) => at !== index).map((choice) => choice.value);
  return choices.map((choice, at) => {
    if (at !== index) return choice;
    const source = label.en || label["zh-CN"] || "";
    const value = published.has(choice.value) || !source ? choice.value : choiceValue(source, others);
    return { ...choice, value, label };
  });
}
