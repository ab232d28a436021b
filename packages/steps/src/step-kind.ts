import type { LocalText, Step } from "@formwright/model";
import type { Entered, Run } from "./process/run.ts";
import type { TaskOfStep } from "./process/state.ts";

/** What a step kind is, everywhere: designer, preview, server. Its behaviour is a {@link StepDecider}. */
export interface StepModel<S extends Step = Step> {
  readonly type: S["type"];
  readonly label: LocalText;
  readonly help: LocalText;
  /** Name of an icon in the web app's icon table. */
  readonly icon: string;
  /** True when it waits for people: allowed in approvals only, and not in what runs at their start and end. */
  readonly isForPeople: boolean;
  /** A new one for the designer, complete and valid but for the places that only a person can fill. */
  blank(key: string): S;
  /** The sequences inside it. */
  inner(step: S): readonly (readonly Step[])[];
}

/** What a step does. Pure: reads and writes the run, nothing else. */
export interface StepDecider<S extends Step = Step> {
  /** The step's turn has come. */
  enter(step: S, run: Run): Entered;
  /** A task of it was approved or closed: is the step through? Only for steps that wait. */
  settle?(step: S, run: Run): Entered;
  /** An admin names people for it, in place of `task`. Only for steps that wait. */
  assign?(step: S, run: Run, task: TaskOfStep, to: readonly string[]): void;
}
