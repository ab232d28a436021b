import type { FieldKindModel } from "@formwright/model";

type Usual =
  | "optionsSchema"
  | "defaultOptions"
  | "computed"
  | "canBeUnique"
  | "canBeTitle"
  | "sortable"
  | "checkOptions"
  | "checkValue";

/** What most field kinds have in common; a kind says only what differs. */
const USUAL = {
  optionsSchema: { type: "object", properties: {}, additionalProperties: false },
  defaultOptions: {},
  computed: false,
  canBeUnique: false,
  canBeTitle: false,
  sortable: true,
  checkOptions: () => [],
  checkValue: () => [],
} satisfies Pick<FieldKindModel, Usual>;

/**
 * A field kind from what is its own. Left out, it has no options, is written by people, sorts, and is neither unique nor a title.
 */
export function fieldKind(own: Omit<FieldKindModel, Usual> & Partial<Pick<FieldKindModel, Usual>>): FieldKindModel {
  return { ...USUAL, ...own };
}
