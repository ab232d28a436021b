import { activeInPlaceOf } from "../organisation.ts";
import type { Run } from "./run.ts";

/** Who does what `member` should do: themselves, else their manager, else (null) any admin. */
export function changeHands(run: Run, member: string): string | null {
  return activeInPlaceOf(run.context.organisation, member);
}
