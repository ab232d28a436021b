import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NUMBER_KIND, parseNumber, readNumber } from "./number-value.ts";

describe("reading a number", () => {
  it.each<[string, number]>([
    ["1234.5", 1234.5],
    ["1,234,567.89", 1234567.89],
    ["1,2345,6789", 123456789],
    ["1 234 567.5", 1234567.5],
    ["¥1,000", 1000],
    ["￥ 1，000．50", 1000.5],
    ["$-3.20", -3.2],
    ["-$3.20", -3.2],
    ["(1,200)", -1200],
    ["($1,200.00)", -1200],
    ["1200-", -1200],
    ["−5", -5],
    ["+5", 5],
    ["CNY 12", 12],
    ["12 元", 12],
    ["1.2万", 12000],
    ["3亿", 300000000],
    ["1.2E+05", 120000],
    [".5", 0.5],
    ["5.", 5],
    ["１２３", 123],
    ["0.30000000000000004", 0.3],
    ["-0", 0],
  ])("%s → %d", (text, number) => {
    expect(readNumber(text)).toEqual({ ok: true, value: number });
  });

  it.each([
    "abc",
    "1,23",
    "1,2345.6.7",
    "12,34,567",
    "1.2.3",
    "1e999",
    "Infinity",
    "NaN",
    "0x10",
    "1-2",
    "$",
    "--5",
    "1 2a",
    "十二",
  ])("refuses %s instead of guessing", (text) => {
    expect(readNumber(text)).toMatchObject({ ok: false, code: "notNumber" });
  });

  it("takes no text for no number", () => {
    expect(parseNumber("")).toBeNull();
  });
});

describe("the places of a number", () => {
  it("are counted as exact decimals count them", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 6 }),
        (value, scale) => {
          const codes = NUMBER_KIND.checkValue(value, { scale }).map(({ code }) => code);
          const decimal = new Decimal(value);
          if (decimal.decimalPlaces() > scale) expect(codes).toEqual(["decimalPlaces"]);
          else expect(codes).toEqual(decimal.abs().gte(new Decimal(10).pow(15 - scale)) ? ["numberTooLarge"] : []);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
