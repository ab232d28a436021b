import { describe, expect, it } from "vitest";
import { lineOf, locateJson, rangeOf } from "./json-places.ts";

describe("places in a JSON text", () => {
  it("finds the text of every value by its pointer", () => {
    const text = '{\n  "a/b": [1, {"c~": "客户"}],\n  "d": null\n}';
    const located = locateJson(text);
    if (!located.ok) throw new Error("should parse");
    const at = (pointer: string) => {
      const range = rangeOf(located.places, pointer);
      return text.slice(range.start, range.end);
    };
    expect(located.value).toEqual(JSON.parse(text));
    expect(at("/a~1b/1/c~0")).toBe('"客户"');
    expect(at("/d")).toBe("null");
  });
  it("falls back to the nearest value around a pointer that is not there", () => {
    const located = locateJson('{"a": {"b": 1}}');
    if (!located.ok) throw new Error("should parse");
    expect(rangeOf(located.places, "/a/missing/deep")).toEqual({ start: 6, end: 14 });
  });
  it("says where a text stops being JSON", () => {
    expect(locateJson('{"a": 1,}')).toEqual({ ok: false, at: 8 });
    expect(locateJson("")).toEqual({ ok: false, at: 0 });
    expect(locateJson("[1] x")).toEqual({ ok: false, at: 4 });
    expect(locateJson("[".repeat(5000)).ok).toBe(false);
  });
  it("agrees with JSON.parse on numbers and escapes", () => {
    for (const text of ["-0.5e+3", '"\\u00e9\\n"', "[]", "{}", "[[],{}]", "true"]) {
      const located = locateJson(text);
      expect(located.ok && located.value).toEqual(JSON.parse(text));
    }
    for (const text of ["01", '"\t"', "tru", "'a'", "{a:1}"]) expect(locateJson(text).ok).toBe(false);
  });
  it("counts lines and columns from one", () => {
    expect(lineOf("ab\ncd", 0)).toEqual({ line: 1, column: 1 });
    expect(lineOf("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
  });
});
