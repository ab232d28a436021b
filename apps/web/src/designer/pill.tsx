import type { ReactNode } from "react";
import { namedColor } from "../theme/tokens.ts";

/** A short word on a soft ground: a state, a role. Its colours keep 4.5 : 1. */
export function Pill({ color, children }: { readonly color?: string | undefined; readonly children: ReactNode }) {
  const { soft, text } = namedColor(color);
  return (
    <span
      style={{
        display: "inline-block",
        padding: "0 8px",
        borderRadius: 10,
        background: soft,
        color: text,
        fontSize: 12.5,
        lineHeight: "20px",
        whiteSpace: "nowrap",
      }}
    >
      {children}
    </span>
  );
}
