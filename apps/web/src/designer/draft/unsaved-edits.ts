import { useEffect, useSyncExternalStore } from "react";

const editors = new Set<symbol>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Says, while `isUnsaved`, that this editor shows something that the draft does not hold. */
export function useMarkUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const mark = Symbol("unsaved");
    editors.add(mark);
    tell();
    return () => {
      editors.delete(mark);
      tell();
    };
  }, [isUnsaved]);
}

/** True while an editor on screen shows something that is not in the draft: publishing would leave it out. */
export function useHasUnsaved(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => editors.size > 0,
  );
}
