import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atMostEvery } from "./at-most-every.ts";

describe("work that rests between two runs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("begins at once, and once more for all who asked meanwhile", () => {
    const work = vi.fn();
    const rested = atMostEvery(200, work);
    for (let asked = 0; asked < 10; asked += 1) rested.ask();
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(200);
    expect(work).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(work).toHaveBeenCalledTimes(2);
    rested.ask();
    expect(work).toHaveBeenCalledTimes(3);
  });

  it("leaves undone what it was asked for before it was stopped", () => {
    const work = vi.fn();
    const rested = atMostEvery(200, work);
    rested.ask();
    rested.ask();
    rested.stop();
    vi.advanceTimersByTime(1000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
