import type { Rule, RuleType } from "@formwright/rules";
import type { PublishedKind } from "../definition.ts";

/** What a definition needs of a field that it names. */
export type FieldNeed =
  | "any"
  /** Not computed: can be set. */
  | "writable"
  | "sortable"
  /** A date or a moment. */
  | "date"
  | "number"
  | "member"
  | "stage"
  /** A stage or a single choice: a board has a column for each value. */
  | "board"
  /** Something that holds the id of another record. */
  | "reference"
  | { readonly pointsTo: string }
  | { readonly flow: string };

/** What a rule has to give: a type, one of some choices, or whatever a field holds. */
export type Expectation =
  | RuleType
  | { readonly type: RuleType; readonly choices?: readonly string[] }
  | { readonly entity: string; readonly field: string };

/** Where a rule is evaluated: on a record of an entity, or in a row of one of its subforms. */
export interface RulePlace {
  readonly entity: string;
  readonly subform?: string;
}

/**
 * Walks a definition and tells what it leans on. The same walk finds what is missing (check), who uses a field (uses),
 * and which indexes serve (publishing). Pointers are relative to the definition.
 */
export interface Visitor {
  /** A definition of another kind is named. */
  definition(pointer: string, kind: PublishedKind, key: string): void;
  /** A field is named, or a path through references. */
  field(pointer: string, entity: string, path: string, need: FieldNeed): void;
  /** A record of an entity is made with these fields set; those that it requires beside them would be missing. */
  creation(pointer: string, entity: string, set: readonly string[]): void;
  /** A stage of the flow behind a stage field is named. */
  stage(pointer: string, entity: string, field: string, stage: string): void;
  rule(pointer: string, place: RulePlace, rule: Rule, expected: Expectation): void;
  /** The entity that a reference field points to; null when that cannot be known. */
  targetOf(entity: string, field: string): string | null;
}
