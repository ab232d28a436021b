import type { DropPlace } from "../edits/entity-bundle.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something on the canvas that can be dropped upon: a field's card, or the end of a section. */
export interface DropSpot {
  readonly id: string;
  readonly form: string | null;
  readonly section: string;
  /** Position of the card in its section; for an end, the number of cards. */
  readonly index: number;
  readonly type: "card" | "end";
  /** True when cards of the section can stand beside each other. */
  readonly isRow: boolean;
}

export interface DropTarget {
  readonly spot: DropSpot;
  readonly place: DropPlace;
  /** The side of the spot's card at which the line is drawn. */
  readonly side: "before" | "after";
}

function distance(box: Box, point: Point): number {
  const dx = Math.max(box.left - point.x, 0, point.x - (box.left + box.width));
  const dy = Math.max(box.top - point.y, 0, point.y - (box.top + box.height));
  return Math.hypot(dx, dy);
}

/** How far from everything a pointer may be and still drop, in CSS pixels. */
const REACH = 48;

/**
 * The spot that a pointer means: the one it is in, else the nearest within reach. Ends lose against cards at the same
 * distance, so that a card at the bottom of a section keeps its lower half.
 */
export function nearestSpot<T extends { readonly spot: DropSpot; readonly box: Box }>(
  spots: readonly T[],
  point: Point,
): T | null {
  let best: T | null = null;
  let bestDistance = REACH;
  for (const candidate of spots) {
    const away = distance(candidate.box, point) + (candidate.spot.type === "end" ? 0.5 : 0);
    if (away < bestDistance) {
      best = candidate;
      bestDistance = away;
    }
  }
  return best;
}

/** The place between two cards that a point over a spot means. With no point (keyboard) it is before the card. */
export function dropTarget(spot: DropSpot, box: Box, point: Point | null): DropTarget {
  const passed = spot.isRow
    ? point !== null && point.x > box.left + box.width / 2
    : point !== null && point.y > box.top + box.height / 2;
  const isAfter = spot.type === "card" && passed;
  return {
    spot,
    side: isAfter ? "after" : "before",
    place: { form: spot.form, section: spot.section, index: spot.index + (isAfter ? 1 : 0) },
  };
}

/** The spot before or after `current` in reading order, for moving by keyboard; stays at either end. */
export function neighbourSpot<T extends { readonly spot: DropSpot }>(
  spots: readonly T[],
  current: string | null,
  step: -1 | 1,
): T | null {
  if (spots.length === 0) return null;
  const at = spots.findIndex((item) => item.spot.id === current);
  const next = at < 0 ? (step > 0 ? 0 : spots.length - 1) : Math.min(Math.max(at + step, 0), spots.length - 1);
  return spots[next] ?? null;
}
