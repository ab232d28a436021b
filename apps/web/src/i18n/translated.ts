/** A table in another language: exactly the keys of the English one, so that a missing text is a type error. */
export type Translated<Table> = { readonly [K in keyof Table]: string };
