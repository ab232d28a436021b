import { describe, expect, it } from "vitest";
import { type DropSpot, dropTarget, nearestSpot, neighbourSpot } from "./drop-target.ts";

const spot = (id: string, index: number, type: DropSpot["type"] = "card", isRow = false): DropSpot => ({
  id,
  form: "f",
  section: "main",
  index,
  type,
  isRow,
});
const box = (top: number, height = 40, left = 0, width = 200) => ({ top, height, left, width });

const spots = [
  { spot: spot("a", 0), box: box(0) },
  { spot: spot("b", 1), box: box(50) },
  { spot: spot("end", 2, "end"), box: box(100, 20) },
];

describe("dropping on the canvas", () => {
  it("drops before a card in its upper half and after it in its lower half", () => {
    expect(dropTarget(spot("b", 1), box(50), { x: 10, y: 55 }).place.index).toBe(1);
    expect(dropTarget(spot("b", 1), box(50), { x: 10, y: 85 }).place.index).toBe(2);
  });
  it("compares left and right where cards stand beside each other", () => {
    expect(dropTarget(spot("b", 1, "card", true), box(50), { x: 150, y: 52 }).side).toBe("after");
    expect(dropTarget(spot("b", 1, "card", true), box(50), { x: 50, y: 88 }).side).toBe("before");
  });
  it("drops before the card when there is no pointer", () => {
    expect(dropTarget(spot("b", 1), box(50), null).place.index).toBe(1);
  });
  it("appends at the end of a section", () => {
    expect(dropTarget(spot("end", 2, "end"), box(100), { x: 0, y: 119 })).toMatchObject({
      side: "before",
      place: { index: 2 },
    });
  });
  it("takes the nearest spot within reach and none beyond it", () => {
    expect(nearestSpot(spots, { x: 10, y: 44 })?.spot.id).toBe("a");
    expect(nearestSpot(spots, { x: 10, y: 110 })?.spot.id).toBe("end");
    expect(nearestSpot(spots, { x: 500, y: 500 })).toBeNull();
  });
  it("walks the spots by keyboard and stays at either end", () => {
    expect(neighbourSpot(spots, null, 1)?.spot.id).toBe("a");
    expect(neighbourSpot(spots, "a", 1)?.spot.id).toBe("b");
    expect(neighbourSpot(spots, "a", -1)?.spot.id).toBe("a");
    expect(neighbourSpot(spots, "end", 1)?.spot.id).toBe("end");
    expect(neighbourSpot([], "a", 1)).toBeNull();
  });
});
