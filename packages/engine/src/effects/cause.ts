import type { LocalText } from "@formwright/model";
import type { Effect, EffectKind } from "@formwright/steps";
import type { Context, Tx } from "../context.ts";

/** What set effects in motion: on which record, and in whose name they happen. */
export interface Cause {
  readonly entity: string;
  readonly recordId: string;
  readonly label: LocalText;
  readonly by:
    | { readonly is: "automation"; readonly key: string; readonly run: string }
    | {
        readonly is: "approval";
        readonly key: string;
        readonly instance: string;
        readonly starter: string;
        /** True while it is being started: the starter sees what comes of it at once. */
        readonly isStarting: boolean;
        /** The step's label, for the words of a task. */
        stepLabel(step: string): LocalText;
      };
}

/** Applies one effect in the transaction of its decision. Doing it twice does it once. `ctx` acts as the system. */
export type ApplyEffect<K extends EffectKind> = (
  tx: Tx,
  ctx: Context,
  effect: Extract<Effect, { do: K }>,
  cause: Cause,
) => Promise<void>;
