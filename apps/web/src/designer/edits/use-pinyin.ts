import { useEffect, useState } from "react";
import { loadPinyin } from "./derive-key.ts";

/** Fetches what keys are made from Chinese labels with, and draws the screen again when it is there. */
export function usePinyin(): boolean {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    let isGone = false;
    loadPinyin().then(
      () => {
        if (!isGone) setIsThere(true);
      },
      // Without it a key is made without the Chinese words; it can be typed.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return isThere;
}
