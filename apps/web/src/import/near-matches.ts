/** A text without what people write differently: case, width, accents, spaces and punctuation. */
export function looseText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other
 * (optimal string alignment distance), or `limit + 1` once it is certain to be more than `limit`.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  const from = [...a];
  const to = [...b];
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = to.map((_, index) => index + 1);
  for (let i = 0; i < from.length; i += 1) {
    const row: number[] = [];
    for (let j = 0; j < to.length; j += 1) {
      const left = j === 0 ? i + 1 : (row[j - 1] ?? 0);
      const above = last[j] ?? 0;
      const corner = j === 0 ? i : (last[j - 1] ?? 0);
      let cost = Math.min(left + 1, above + 1, corner + (from[i] === to[j] ? 0 : 1));
      if (i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j])
        cost = Math.min(cost, (j === 1 ? i - 1 : (beforeLast[j - 2] ?? 0)) + 1);
      row.push(cost);
    }
    if (Math.min(...row, i + 1) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return to.length === 0 ? from.length : (last.at(-1) ?? 0);
}

/**
 * The candidate that a misspelt text most likely means: the same but for case, spaces and punctuation, else one that
 * is at most a quarter of its letters away and nearer than every other. Null when none is near, or two are as near.
 */
export function nearMatch<T extends { readonly text: string }>(text: string, candidates: readonly T[]): T | null {
  const wanted = looseText(text);
  if (!wanted) return null;
  const limit = Math.max(1, Math.floor(wanted.length / 4));
  let best: T | null = null;
  let bestDistance = limit + 1;
  let isTie = false;
  for (const candidate of candidates) {
    const away = editDistance(wanted, looseText(candidate.text), limit);
    if (away < bestDistance) {
      best = candidate;
      bestDistance = away;
      isTie = false;
    } else if (away === bestDistance && away <= limit) isTie = true;
  }
  return isTie ? null : best;
}
