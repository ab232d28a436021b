import { describe, expect, it } from "vitest";
import { readDateText } from "./date-value.ts";

const read = (text: string, dateOrder?: "mdy" | "dmy" | "ymd") => {
  const result = readDateText(text, dateOrder ? { dateOrder } : {});
  return result.ok ? result.value : result.code;
};

describe("reading a date", () => {
  it.each([
    ["2016-10-11", "2016-10-11"],
    ["2016/1/2", "2016-01-02"],
    ["2016.01.02", "2016-01-02"],
    ["2016年1月2日", "2016-01-02"],
    ["20160102", "2016-01-02"],
    ["2016-10-11 00:00:00", "2016-10-11"],
    ["2016/10/11 0:00", "2016-10-11"],
    ["2016-10-11T00:00:00.000", "2016-10-11"],
    ["10/25/2016", "2016-10-25"],
    ["25/10/2016", "2016-10-25"],
    ["5/5/2016", "2016-05-05"],
    ["11-Oct-2016", "2016-10-11"],
    ["Oct 11, 2016", "2016-10-11"],
    ["October 1st 2016", "2016-10-01"],
    ["1 October 2016", "2016-10-01"],
    ["42654", "2016-10-11"],
    ["２０１６－１０－１１", "2016-10-11"],
    ["25/10/16", "2016-10-25"],
    ["25/10/85", "1985-10-25"],
  ])("%s → %s", (text, date) => {
    expect(read(text)).toBe(date);
  });

  it("asks which comes first where both orders are possible, and follows the answer", () => {
    expect(read("10/11/2016")).toBe("ambiguousDate");
    expect(read("10/11/2016", "mdy")).toBe("2016-10-11");
    expect(read("10/11/2016", "dmy")).toBe("2016-11-10");
    expect(read("16/11/10", "ymd")).toBe("2016-11-10");
  });

  it.each([
    ["2026-02-30", "impossibleDate"],
    ["2025-02-29", "impossibleDate"],
    ["31/02/2016", "impossibleDate"],
    ["2016-13-01", "impossibleDate"],
    ["2016-10-11 09:30", "timeInDate"],
    ["tomorrow", "notDate"],
    ["2016", "notDate"],
    ["2016-10", "notDate"],
    ["10.11", "notDate"],
    ["2016-10-11x", "notDate"],
  ])("refuses %s: %s", (text, code) => {
    expect(read(text)).toBe(code);
  });
});
