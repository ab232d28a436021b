import type { CollisionDetection, KeyboardCoordinateGetter } from "@dnd-kit/core";
import {
  type Box,
  type DropSpot,
  type DropTarget,
  dropTarget,
  nearestSpot,
  neighbourSpot,
  type Point,
} from "./drop-target.ts";

/** What is being dragged: a new field of a kind, or a field that is there. */
export type DragSubject =
  | { readonly type: "kind"; readonly kind: string; readonly name: string }
  | { readonly type: "field"; readonly field: string; readonly kind: string; readonly name: string };

/** The data of a place on the canvas that can be dropped upon. */
export interface SpotData {
  readonly spot: DropSpot;
  /** The section's name, for announcements. */
  readonly sectionName: string;
}

export function spotDataOf(data: unknown): SpotData | null {
  return typeof data === "object" && data !== null && "spot" in data ? (data as SpotData) : null;
}

type Arguments = Parameters<CollisionDetection>[0];

function spotsOf({ droppableContainers, droppableRects }: Pick<Arguments, "droppableContainers" | "droppableRects">) {
  const spots: { readonly spot: DropSpot; readonly box: Box }[] = [];
  for (const container of droppableContainers) {
    const data = spotDataOf(container.data.current);
    const box = droppableRects.get(container.id);
    if (data && box) spots.push({ spot: data.spot, box });
  }
  return spots;
}

/** Where the thing in hand would land; with it the place between the cards, under `data.target`. */
export const detectSpot: CollisionDetection = (args) => {
  const point: Point = args.pointerCoordinates ?? { x: args.collisionRect.left, y: args.collisionRect.top };
  const found = nearestSpot(spotsOf(args), point);
  if (!found) return [];
  return [{ id: found.spot.id, data: { target: dropTarget(found.spot, found.box, args.pointerCoordinates) } }];
};

/** The target that {@link detectSpot} left with an event. */
export function targetOf(
  collisions: readonly { readonly data?: { readonly [key: string]: unknown } }[] | null,
): DropTarget | null {
  return (collisions?.[0]?.data?.target as DropTarget | undefined) ?? null;
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys go from one place on the canvas to the next, in reading order. */
export const walkSpots: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = STEPS[event.code];
  if (step === undefined) return undefined;
  event.preventDefault();
  const spots = spotsOf({
    droppableContainers: context.droppableContainers.getEnabled(),
    droppableRects: context.droppableRects,
  }).sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  const next = neighbourSpot(spots, context.over ? String(context.over.id) : null, step);
  return next ? { x: next.box.left, y: next.box.top } : currentCoordinates;
};
