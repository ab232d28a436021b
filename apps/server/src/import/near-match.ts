/** A text without what people write differently: case, width, accents, spaces and punctuation. */
export function looseText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * How many letters have to be added, taken away, replaced or swapped with their neighbour to turn one text into the
 * other (optimal string alignment distance); `limit + 1` when it is more than `limit`.
 */
export function distance(a: readonly string[], b: readonly string[], limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let two: number[] = [];
  let one = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.entries()) {
    const row = [i + 1];
    for (const [j, other] of b.entries()) {
      let cost = Math.min((row[j] ?? 0) + 1, (one[j + 1] ?? 0) + 1, (one[j] ?? 0) + (letter === other ? 0 : 1));
      const isSwap = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other;
      if (isSwap) cost = Math.min(cost, (two[j - 1] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    two = one;
    one = row;
  }
  return one[b.length] ?? 0;
}

export interface Candidate<T> {
  readonly text: string;
  readonly value: T;
}

/** Finds what a misspelt text most likely means among many candidates, which are prepared once. */
export class NearMatches<T> {
  readonly #candidates: readonly { readonly letters: readonly string[]; readonly candidate: Candidate<T> }[];
  readonly #exact = new Map<string, Candidate<T>>();

  constructor(candidates: readonly Candidate<T>[]) {
    this.#candidates = candidates.map((candidate) => ({ letters: [...looseText(candidate.text)], candidate }));
    for (const { letters, candidate } of this.#candidates) this.#exact.set(letters.join(""), candidate);
  }

  /**
   * The one that is the same but for case, spaces and punctuation; else the only one that is nearest, at most a quarter
   * of its letters away. Null when there is none.
   */
  find(text: string): Candidate<T> | null {
    const letters = [...looseText(text)];
    if (letters.length === 0) return null;
    const same = this.#exact.get(letters.join(""));
    if (same) return same;
    let limit = Math.max(1, Math.floor(letters.length / 4));
    let best: Candidate<T> | null = null;
    let isTie = false;
    for (const { letters: other, candidate } of this.#candidates) {
      const away = distance(letters, other, limit);
      if (away > limit) continue;
      isTie = away === limit && best !== null;
      if (away < limit || best === null) {
        best = candidate;
        limit = away;
      }
    }
    return isTie ? null : best;
  }
}
