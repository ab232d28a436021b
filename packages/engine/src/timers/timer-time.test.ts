import { describe, expect, it } from "vitest";
import { after, dateTimerAt, isStillUseful, splitDuration } from "./timer-time.ts";

describe("times of reminders", () => {
  it("counts an hour before an instant exactly", () => {
    expect(dateTimerAt("2026-05-01T10:00:00+08:00", { offset: "-PT1H" }, "Asia/Shanghai")).toBe(
      "2026-05-01T01:00:00.000Z",
    );
  });

  it("rings on a date at the local time of day", () => {
    expect(dateTimerAt("2026-05-01", { offset: "PT0S", at: "09:30" }, "Asia/Shanghai")).toBe(
      "2026-05-01T01:30:00.000Z",
    );
    expect(dateTimerAt("2026-05-01", { offset: "-P30D" }, "Asia/Shanghai")).toBe("2026-04-01T01:00:00.000Z");
  });

  it("keeps the time of day across a clock change", () => {
    // Berlin: 29 March 2026 02:00 -> 03:00
    expect(dateTimerAt("2026-03-28", { offset: "P1D", at: "09:00" }, "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z");
    expect(dateTimerAt("2026-03-28", { offset: "PT0S", at: "09:00" }, "Europe/Berlin")).toBe(
      "2026-03-28T08:00:00.000Z",
    );
    expect(dateTimerAt("2026-03-28T08:00:00Z", { offset: "P1D" }, "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z");
    expect(dateTimerAt("2026-03-28T08:00:00Z", { offset: "PT24H" }, "Europe/Berlin")).toBe("2026-03-29T08:00:00.000Z");
    // New York: 1 November 2026, back an hour
    expect(dateTimerAt("2026-10-31", { offset: "P1D", at: "09:00" }, "America/New_York")).toBe(
      "2026-11-01T14:00:00.000Z",
    );
  });

  it("moves a local time that does not exist forward", () => {
    expect(dateTimerAt("2026-03-29", { offset: "PT0S", at: "02:30" }, "Europe/Berlin")).toBe(
      "2026-03-29T01:30:00.000Z",
    );
  });

  it("stays inside the month at its end", () => {
    expect(dateTimerAt("2026-01-31", { offset: "P1M" }, "UTC")).toBe("2026-02-28T09:00:00.000Z");
    expect(dateTimerAt("2028-01-31", { offset: "P1M" }, "UTC")).toBe("2028-02-29T09:00:00.000Z");
    expect(dateTimerAt("2026-03-31", { offset: "-P1M" }, "UTC")).toBe("2026-02-28T09:00:00.000Z");
  });

  it("gives null for what is no date", () => {
    expect(dateTimerAt("soon", { offset: "P1D" }, "UTC")).toBeNull();
  });

  it("rings at once when only the reminder's own time has passed", () => {
    const rule = { offset: "-PT1H" };
    const useful = (value: string, now: string) =>
      isStillUseful(dateTimerAt(value, rule, "UTC") ?? "", value, rule, "UTC", now);
    expect(useful("2026-05-01T10:00:00Z", "2026-05-01T08:00:00Z")).toBe(true);
    expect(useful("2026-05-01T10:00:00Z", "2026-05-01T09:50:00Z")).toBe(true);
    expect(useful("2026-05-01T10:00:00Z", "2026-05-01T10:01:00Z")).toBe(false);
  });

  it("does not ring for the past when it rings after", () => {
    const rule = { offset: "P1D" };
    expect(isStillUseful("2026-05-02T09:00:00Z", "2026-05-01", rule, "UTC", "2026-05-03T00:00:00Z")).toBe(false);
  });

  it("adds calendar days in the zone", () => {
    expect(after("2026-03-28T08:00:00Z", "P1D", "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z");
    expect(after("2026-03-28T08:00:00Z", "PT48H", "Europe/Berlin")).toBe("2026-03-30T08:00:00.000Z");
  });

  it("refuses what is no duration", () => {
    expect(() => splitDuration("3 days")).toThrow(RangeError);
    expect(splitDuration("-P1W").calendar.days).toBe(-7);
  });
});
