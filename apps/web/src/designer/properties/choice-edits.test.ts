import { beforeAll, describe, expect, it } from "vitest";
import { loadPinyin } from "../edits/derive-key.ts";
import { addChoices, choiceValue, moveItem, relabelChoice } from "./choice-edits.ts";

beforeAll(loadPinyin);

describe("editing choices", () => {
  it("adds pasted lines once each, with values made from them", () => {
    const added = addChoices(
      [{ value: "web", label: { "zh-CN": "官网" } }],
      ["官网", "展会", " ", "转介绍", "展会"],
      "zh-CN",
    );
    expect(added.map((choice) => choice.value)).toEqual(["web", "zhan_hui", "zhuan_jie_shao"]);
  });
  it("numbers a value that is taken and one that no letter can be made of", () => {
    expect(choiceValue("Web", ["web", "web_2"])).toBe("web_3");
    expect(choiceValue("???", ["a"])).toBe("option_2");
  });
  it("lets the value follow the label until the choice was published", () => {
    const choices = [{ value: "option_1", label: { en: "Option 1" } }];
    expect(relabelChoice(choices, 0, { en: "High" }, new Set())[0]?.value).toBe("high");
    expect(relabelChoice(choices, 0, { en: "High" }, new Set(["option_1"]))[0]?.value).toBe("option_1");
  });
  it("moves an item and ignores a move beyond either end", () => {
    expect(moveItem(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moveItem(["a", "b"], 1, 2)).toEqual(["a", "b"]);
  });
});
