import { describe, expect, it } from "vitest";
import { readInstant, writeInstant } from "./instant-text.ts";

const read = (text: string, timeZone = "Asia/Shanghai") => {
  const result = readInstant(text, { timeZone });
  return result.ok ? result.instant : result.code;
};

describe("reading a moment", () => {
  it.each([
    ["2026-03-31 09:30", "2026-03-31T01:30:00.000Z"],
    ["2026-03-31T09:30:15", "2026-03-31T01:30:15.000Z"],
    ["2026-03-31T09:30:15Z", "2026-03-31T09:30:15.000Z"],
    ["2026-03-31T09:30:15.5-05:00", "2026-03-31T14:30:15.500Z"],
    ["2026/3/31 9:30 PM", "2026-03-31T13:30:00.000Z"],
    ["2026/3/31 12:00 am", "2026-03-30T16:00:00.000Z"],
    ["2026年3月31日 下午3点30分", "2026-03-31T07:30:00.000Z"],
    ["2026年3月31日 上午9:05", "2026-03-31T01:05:00.000Z"],
    ["2026-03-31", "2026-03-30T16:00:00.000Z"],
    ["42654.5", "2016-10-11T04:00:00.000Z"],
  ])("%s → %s", (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ["2026-03-31 25:00", "notDatetime"],
    ["2026-03-31 09:75", "notDatetime"],
    ["2026-03-31 13:00 PM x", "notDatetime"],
    ["2026-02-30 09:00", "impossibleDate"],
    ["03/04/2026 09:00", "ambiguousDate"],
    ["soon", "notDatetime"],
  ])("refuses %s: %s", (text, code) => {
    expect(read(text)).toBe(code);
  });

  it("writes the hour that comes twice with its offset, so that it reads back", () => {
    const first = "2026-11-01T05:30:00.000Z";
    const second = "2026-11-01T06:30:00.000Z";
    const zone = "America/New_York";
    const texts = [first, second].map((instant) => writeInstant(instant, zone));
    expect(new Set(texts).size).toBe(2);
    expect(texts.map((text) => read(text, zone))).toEqual([first, second]);
  });
});
