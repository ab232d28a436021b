import { describe, expect, it } from "vitest";
import { editDistance, nearMatch } from "./near-matches.ts";

const texts = (...list: string[]) => list.map((text) => ({ text }));

describe("near matches", () => {
  it("counts edits, a swap of neighbours as one", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("ab", "ba")).toBe(1);
    expect(editDistance("abcd", "acbd")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("abc", "")).toBe(3);
    expect(editDistance("客户", "客护")).toBe(1);
    expect(editDistance("abcdef", "uvwxyz", 2)).toBe(3);
  });
  it("finds a text that differs by spaces, case or a slip", () => {
    expect(nearMatch("GTXPro", texts("GTX Basic", "GTX Pro", "GTX Plus Pro"))?.text).toBe("GTX Pro");
    expect(nearMatch("technolgy", texts("technology", "telecommunications"))?.text).toBe("technology");
    expect(nearMatch("ＷＥＢ", texts("Web", "Expo"))?.text).toBe("Web");
  });
  it("proposes nothing when nothing is near or two are as near", () => {
    expect(nearMatch("steel", texts("retail", "finance"))).toBeNull();
    expect(nearMatch("cat", texts("car", "cab"))).toBeNull();
    expect(nearMatch("…", texts("a"))).toBeNull();
  });
});
