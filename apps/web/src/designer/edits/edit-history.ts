/** A value with what it was before and what was undone. Immutable. */
export interface EditHistory<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Names the kind of the last edit; equal names in a row (typing in one input) are one step of undo. */
  readonly mergeKey: string | null;
}

const MAX_STEPS = 200;

export function startHistory<T>(present: T): EditHistory<T> {
  return { past: [], present, future: [], mergeKey: null };
}

/**
 * The history after an edit. An edit that changes nothing leaves it as it is.
 *
 * @param mergeKey edits with the same key directly after each other are undone together; null never merges
 */
export function recordEdit<T>(history: EditHistory<T>, next: T, mergeKey: string | null = null): EditHistory<T> {
  if (next === history.present) return history;
  if (mergeKey !== null && mergeKey === history.mergeKey && history.future.length === 0)
    return { ...history, present: next };
  return { past: [...history.past, history.present].slice(-MAX_STEPS), present: next, future: [], mergeKey };
}

export function undoEdit<T>(history: EditHistory<T>): EditHistory<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    mergeKey: null,
  };
}

export function redoEdit<T>(history: EditHistory<T>): EditHistory<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, mergeKey: null };
}
