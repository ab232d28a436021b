/** What the property panel shows: a field, a section of the form, or (null) the entity itself. */
export type Selection =
  | { readonly type: "field"; readonly key: string }
  | { readonly type: "section"; readonly key: string };
