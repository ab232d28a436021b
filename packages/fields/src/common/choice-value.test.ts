import { describe, expect, it } from "vitest";
import { checkChoices, choiceFor, joinTexts, splitTexts } from "./choice-value.ts";

const OPTIONS = {
  choices: [
    { value: "web", label: { en: "Website", "zh-CN": "官网" } },
    { value: "expo", label: { en: "Trade fair", "zh-CN": "展会" } },
  ],
};

describe("choices", () => {
  it.each([
    ["web", "web"],
    ["WEBSITE", "web"],
    [" 展会 ", "expo"],
    ["ｗｅｂ", "web"],
    ["Radio", null],
  ])("are found by value or by label in either language: %s → %s", (text, value) => {
    expect(choiceFor(text, OPTIONS, "en")).toBe(value);
  });

  it("must be told apart by value and by label", () => {
    const codes = (...choices: object[]) =>
      checkChoices({ choices } as never).map(({ pointer, code }) => `${pointer} ${code}`);
    expect(codes(...OPTIONS.choices)).toEqual([]);
    expect(codes(...OPTIONS.choices, { value: "web", label: { en: "Other" } })).toContain(
      "/choices/2/value duplicateChoice",
    );
    expect(codes(...OPTIONS.choices, { value: "x", label: { en: "website" } })).toContain(
      "/choices/2/label duplicateLabel",
    );
    expect(codes(...OPTIONS.choices, { value: "x", label: { en: "expo" } })).toContain(
      "/choices/2/label duplicateLabel",
    );
  });
});

describe("several texts in one", () => {
  it.each<[string, string[]]>([
    ["a, b;c、d；e，f", ["a", "b", "c", "d", "e", "f"]],
    ['"a, b", c', ["a, b", "c"]],
    ['"say ""hi""", x', ['say "hi"', "x"]],
    [" , ,", []],
    ["one", ["one"]],
  ])("%s", (text, parts) => {
    expect(splitTexts(text)).toEqual(parts);
    expect(splitTexts(joinTexts(parts))).toEqual(parts);
  });
});
