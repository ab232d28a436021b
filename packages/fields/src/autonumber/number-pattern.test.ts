import { describe, expect, it } from "vitest";
import { checkNumberPattern, formatNumber, numberPeriod } from "./number-pattern.ts";

describe("the pattern of a serial number", () => {
  it("fills in the date and the number", () => {
    expect(formatNumber("ORD-{yyyy}{MM}-{0000}", "2026-03-31", 7)).toBe("ORD-202603-0007");
    expect(formatNumber("{yy}{MM}{dd}/{00}", "2026-03-31", 123)).toBe("260331/123");
  });

  it.each([
    ["{0000}", ""],
    ["{yyyy}-{0000}", "2026"],
    ["{yy}{MM}-{0000}", "2026-03"],
    ["{yyyy}{MM}{dd}{000}", "2026-03-31"],
  ])("%s counts anew in each period %s", (pattern, period) => {
    expect(numberPeriod(pattern, "2026-03-31")).toBe(period);
  });

  it.each([
    ["{0000}", []],
    ["plain", ["noDigits"]],
    ["{00}{00}", ["noDigits"]],
    ["{week}-{00}", ["unknownToken"]],
  ])("%s: %j", (pattern, codes) => {
    expect(checkNumberPattern({ pattern }).map(({ code }) => code)).toEqual(codes);
  });
});
