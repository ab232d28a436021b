import type { Channel, LocalText } from "@formwright/model";
import type { RuleValue } from "@formwright/rules";
import type { ClosedWhy, Decision, Outcome, TaskPurpose } from "./state.ts";

export interface FieldValues {
  readonly [field: string]: RuleValue;
}

/**
 * What must happen because of a decision. Every effect has an id from the context's id source: whoever applies the
 * same effect twice sees the id and leaves it.
 */
export type Effect =
  | {
      readonly do: "openTask";
      readonly id: string;
      readonly step: string;
      readonly purpose: TaskPurpose;
      readonly assignee: string | null;
      readonly round: number;
    }
  | {
      readonly do: "closeTask";
      /** The task's id. */
      readonly id: string;
      readonly result:
        | { readonly is: "decided"; readonly decision: Decision; readonly by: string; readonly comment?: string }
        | { readonly is: "closed"; readonly why: ClosedWhy };
    }
  | {
      readonly do: "notify";
      readonly id: string;
      readonly members: readonly string[];
      readonly title: LocalText;
      readonly body?: LocalText;
      readonly channels: readonly Channel[];
    }
  | { readonly do: "setFields"; readonly id: string; readonly values: FieldValues }
  /** `id` becomes the record's id. */
  | {
      readonly do: "createRecord";
      readonly id: string;
      readonly entity: string;
      readonly values: FieldValues;
      readonly owner: string | null;
    }
  | {
      readonly do: "setRelated";
      readonly id: string;
      readonly reference: string;
      readonly target: string;
      readonly values: FieldValues;
    }
  | { readonly do: "endInstance"; readonly id: string; readonly outcome: Outcome; readonly comment?: string };

export type EffectKind = Effect["do"];
