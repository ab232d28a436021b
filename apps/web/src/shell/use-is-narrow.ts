import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 699px)";

/** True on a phone: tables become cards, side panels become pages. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
