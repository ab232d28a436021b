export interface Rested {
  /** Does the work: at once when it has rested long enough, else when that time is over, once for all who asked. */
  ask(): void;
  /** What was asked for and not begun is left undone. */
  stop(): void;
}

/** Keeps work that a burst of writes asks for again and again from running more often than its result is needed. */
export function atMostEvery(restMs: number, work: () => void): Rested {
  let resting: NodeJS.Timeout | null = null;
  let isAsked = false;
  const begin = () => {
    isAsked = false;
    resting = setTimeout(() => {
      resting = null;
      if (isAsked) begin();
    }, restMs);
    work();
  };
  return {
    ask: () => {
      isAsked = true;
      if (!resting) begin();
    },
    stop: () => {
      if (resting) clearTimeout(resting);
      resting = null;
      isAsked = false;
    },
  };
}
