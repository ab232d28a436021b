import type { Rule } from "@formwright/rules";
import type { LocalText } from "../common/text.ts";

/** A field placed on a form. Rules are checked on the record being edited. */
export interface FormField {
  readonly key: string;
  /** The field of the entity; or `related` shows records that refer to this one. */
  readonly field: string;
  /** Columns taken of the section's width. */
  readonly span?: 1 | 2 | 3 | 4;
  readonly show?: Rule;
  readonly require?: Rule;
  readonly readOnly?: Rule;
}

export interface FormSection {
  readonly key: string;
  readonly label?: LocalText;
  readonly columns: 1 | 2 | 3 | 4;
  readonly collapsed?: boolean;
  readonly show?: Rule;
  readonly fields: readonly FormField[];
}

/** A list of other records that refer to this one, shown beside the form. */
export interface RelatedList {
  readonly key: string;
  readonly label?: LocalText;
  readonly entity: string;
  /** The reference field of `entity` that points here. */
  readonly field: string;
  readonly columns: readonly string[];
}

export interface Form {
  readonly kind: "form";
  readonly key: string;
  readonly label: LocalText;
  readonly entity: string;
  readonly purposes: readonly ("create" | "edit" | "detail")[];
  readonly sections: readonly FormSection[];
  readonly related?: readonly RelatedList[];
}
