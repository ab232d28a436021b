/**
 * The keys that changed their place among those that are in both lists: the fewest that, taken out and put back
 * elsewhere, make the one order of the other. What came or went moves nobody.
 *
 * Everything outside a longest increasing subsequence (patience sorting, O(n log n)).
 */
export function placesThatMoved(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const was = new Map(before.map((key, at) => [key, at]));
  const kept = after.filter((key) => was.has(key));
  const stayed = new Set(longestRise(kept, (key) => was.get(key) ?? 0));
  return new Set(kept.filter((key) => !stayed.has(key)));
}

function longestRise(keys: readonly string[], rank: (key: string) => number): string[] {
  const tails: string[] = [];
  const previous = new Map<string, string | undefined>();
  for (const key of keys) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rank(tails[middle] as string) < rank(key)) low = middle + 1;
      else high = middle;
    }
    previous.set(key, tails[low - 1]);
    tails[low] = key;
  }
  const rise: string[] = [];
  for (let key = tails.at(-1); key !== undefined; key = previous.get(key)) rise.unshift(key);
  return rise;
}
