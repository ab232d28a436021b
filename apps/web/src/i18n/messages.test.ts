import { describe, expect, test } from "vitest";
import { formatMessage } from "./format-message.ts";
import { MESSAGES } from "./messages.ts";

type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>;
const en = MESSAGES.en as Tables;
const zh = MESSAGES["zh-CN"] as Tables;

describe("message tables", () => {
  test("both languages have the same keys, and none is empty", () => {
    for (const [area, table] of Object.entries(en)) {
      expect(Object.keys(zh[area] ?? {}).sort()).toEqual(Object.keys(table).sort());
      for (const [key, text] of [...Object.entries(table), ...Object.entries(zh[area] ?? {})]) {
        expect(text.trim(), `${area}.${key}`).not.toBe("");
      }
    }
  });

  test("a text and its translation take the same parameters", () => {
    const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
    for (const [area, table] of Object.entries(en)) {
      for (const [key, text] of Object.entries(table)) {
        const translated = names(zh[area]?.[key] ?? "");
        for (const name of translated) expect(names(text), `${area}.${key}`).toContain(name);
      }
    }
  });
});

describe("parameters of a message", () => {
  test("are put in their places", () => {
    expect(formatMessage("Hello {name}", { name: "Ada" })).toBe("Hello Ada");
    expect(formatMessage("Hello {name}")).toBe("Hello {name}");
  });

  test("choose between one and many", () => {
    expect(formatMessage("{n|# record|# records}", { n: 1 })).toBe("1 record");
    expect(formatMessage("{n|# record|# records}", { n: 3 })).toBe("3 records");
  });
});
