import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

export type StageCategory = "open" | "won" | "lost";
export type OverdueAction = "remindOwner" | "remindManager";

export interface ChecklistItem {
  readonly key: string;
  readonly label: LocalText;
  readonly help?: LocalText;
  /** ISO 8601 duration from the moment the record entered the stage, e.g. "PT48H". */
  readonly within?: string;
  /** Must be ticked before the record may leave the stage forwards. */
  readonly required?: boolean;
}

export interface Criterion {
  readonly key: string;
  readonly label: LocalText;
  readonly help?: LocalText;
  readonly rule: Rule;
}

export interface Stage {
  readonly key: string;
  readonly label: LocalText;
  readonly color?: string;
  readonly category: StageCategory;
  /** Per cent, 0 to 100. */
  readonly winRate?: number;
  /** All must hold before the record leaves this stage forwards. */
  readonly criteria: readonly Criterion[];
  /** Fields that must be filled before the record leaves this stage forwards (for won and lost: before it enters). */
  readonly required: readonly string[];
  readonly checklist: readonly ChecklistItem[];
  /** ISO 8601 duration that a record may stay. */
  readonly limit?: string;
  readonly onOverdue: readonly OverdueAction[];
}

export interface Transition {
  readonly key: string;
  /** A stage, or "*" for any other. */
  readonly from: string;
  readonly to: string;
  readonly label?: LocalText;
  /** Roles that may do it; empty means whoever may update the record. */
  readonly roles: readonly string[];
  readonly when?: Rule;
  /** Fields asked in the dialog; those listed must be filled. */
  readonly ask: readonly string[];
  readonly requireComment?: boolean;
  /** The approval that must say yes first. */
  readonly approval?: string;
  /** False for moves back: the exit criteria of the stage are not asked. Default true when `to` comes after `from` and is not a lost stage. */
  readonly checksExit?: boolean;
}

/** A stage flow over one entity and one `stage` field. */
export interface Flow {
  readonly kind: "flow";
  readonly key: string;
  readonly label: LocalText;
  readonly entity: string;
  readonly field: string;
  readonly start: string;
  readonly stages: readonly Stage[];
  readonly transitions: readonly Transition[];
}
