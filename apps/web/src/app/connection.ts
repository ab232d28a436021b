import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let isLost = false;

/** Whether the server can be reached, as the last attempt told. */
export const connection = {
  isLost: (): boolean => isLost,

  set(lost: boolean): void {
    if (lost === isLost) return;
    isLost = lost;
    for (const listener of listeners) listener();
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function useIsConnectionLost(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isLost);
}
