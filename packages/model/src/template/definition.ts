import type { Json } from "../common/json.ts";
import type { LocalText } from "../common/text.ts";
import type { Definition } from "../definition.ts";

/**
 * A sample record; `ref` is its name within the template, and values say `{"$ref": "name"}` to point at another,
 * `{"$days": n}` for the day n days from the install (negative before), and `{"$days": n, "at": "09:30"}` for that
 * local time of that day in the workspace's zone. Rows of a subform are `{"values": {…}}` as on the wire, with the same
 * inside. A reference may name a record that comes later, so installing goes over references that were not there yet a
 * second time. Without an owner the record belongs to whoever installs.
 */
export interface SampleRecord {
  readonly ref: string;
  readonly entity: string;
  readonly values: { readonly [field: string]: Json };
  /** Values that differ by language: chosen by the locale at install. */
  readonly localized?: { readonly [locale: string]: { readonly [field: string]: Json } };
  /** Days before the install on which it was created. */
  readonly daysAgo?: number;
}

/** A bundle of definitions with sample records. Installing copies it into the workspace. */
export interface Template {
  readonly kind: "template";
  readonly key: string;
  readonly version: string;
  readonly label: LocalText;
  readonly description: LocalText;
  readonly icon?: string;
  readonly color?: string;
  readonly definitions: readonly Exclude<Definition, Template>[];
  readonly samples: readonly SampleRecord[];
}
