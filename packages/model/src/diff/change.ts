import type { Json } from "../common/json.ts";
import type { LocalText } from "../common/text.ts";
import type { DefinitionKind } from "../definition.ts";

/** One difference between two versions of a definition, in words. */
export interface Change {
  /** Where, by keys and not by position: "/fields/amount/label", "/stages/qualify/checklist/first_call". */
  readonly path: string;
  readonly action: "added" | "removed" | "changed" | "moved";
  readonly words: LocalText;
  readonly before?: Json;
  readonly after?: Json;
}

/** What happened to a whole definition. */
export interface DefinitionChange {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly label: LocalText;
  readonly action: "added" | "removed" | "changed";
  readonly words: LocalText;
  /** Empty for definitions that came or went whole. */
  readonly changes: readonly Change[];
}
