import type { Rule } from "@formwright/rules";
import type { Step } from "../approval/definition.ts";
import type { LocalText } from "../common/text.ts";

export type Trigger =
  | { readonly on: "created"; readonly entity: string }
  /** `fields` narrows it to changes of those; empty means any. */
  | { readonly on: "updated"; readonly entity: string; readonly fields: readonly string[] }
  | { readonly on: "stageEntered"; readonly entity: string; readonly field: string; readonly stages: readonly string[] }
  /** `offset`: ISO 8601 duration, negative before ("-PT1H", "P1D"); for a date field, `at` is the local time of day ("09:00"). */
  | {
      readonly on: "date";
      readonly entity: string;
      readonly field: string;
      readonly offset: string;
      readonly at?: string;
    }
  /** No event on the record (nor on records that refer to it through `touches`) for `after`; then again every `every`. */
  | {
      readonly on: "idle";
      readonly entity: string;
      readonly after: string;
      readonly every?: string;
      readonly touches?: readonly { readonly entity: string; readonly field: string }[];
    };

/** Trigger → condition → steps. Its steps never include `approve`. */
export interface Automation {
  readonly kind: "automation";
  readonly key: string;
  readonly label: LocalText;
  readonly enabled: boolean;
  readonly trigger: Trigger;
  /** On the record at the moment of running. */
  readonly when?: Rule;
  readonly steps: readonly Step[];
}
