import type { Rule } from "@formwright/rules";
import type { JsonObject, JsonSchema } from "../common/json.ts";
import type { LocalText } from "../common/text.ts";

/** One field of an entity, parsed from a property of its JSON Schema. */
export interface Field {
  readonly key: string;
  /** The field kind, e.g. "money": a key of the registry in fields/model. */
  readonly kind: string;
  readonly label: LocalText;
  readonly help?: LocalText;
  /** Complete: the kind's defaults are filled in. */
  readonly options: JsonObject;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** True when this field alone is a unique key of the entity. */
  readonly unique: boolean;
  /** Fills the field of a new record when the caller gives none. */
  readonly default?: Rule;
  /** The full JSON Schema of the property, as stored (with its x- keywords). */
  readonly schema: JsonSchema;
  /** The columns of a subform, in order; present for kind "subform" only. */
  readonly fields?: readonly Field[];
}

/** When a new record resembles one that is there. */
export interface DuplicateRule {
  readonly key: string;
  readonly fields: readonly string[];
  readonly match: "exact" | "normalized";
  readonly on: "warn" | "refuse";
}

/** A business object, parsed. Printing it gives the stored document back: see printEntity. */
export interface Entity {
  readonly kind: "entity";
  readonly key: string;
  readonly label: LocalText;
  readonly plural?: LocalText;
  readonly description?: LocalText;
  readonly icon?: string;
  readonly color?: string;
  readonly titleField: string;
  readonly fields: readonly Field[];
  readonly unique: readonly (readonly string[])[];
  readonly duplicates: readonly DuplicateRule[];
  /** Fields that text search reads; empty means: the title and every text, email and phone field. */
  readonly search: readonly string[];
  /** Members and departments: present in every workspace, extendable, not removable. */
  readonly system: boolean;
}

/** An entity as stored and sent: a JSON Schema for its records, plus what the schema cannot say. */
export interface EntityDocument {
  readonly kind: "entity";
  readonly key: string;
  readonly label: LocalText;
  readonly plural?: LocalText;
  readonly description?: LocalText;
  readonly icon?: string;
  readonly color?: string;
  readonly titleField: string;
  readonly schema: JsonSchema;
  readonly fieldOrder?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly duplicates?: readonly DuplicateRule[];
  readonly search?: readonly string[];
  readonly system?: boolean;
}
