import type { Rule, RuleType } from "@formwright/rules";
import type { Finding } from "./common/finding.ts";
import type { Json, JsonObject, JsonSchema } from "./common/json.ts";
import type { Locale, LocalText } from "./common/text.ts";
import type { Field } from "./entity/definition.ts";

export type FieldGroup = "text" | "number" | "choice" | "date" | "people" | "relation" | "computed";

/** The ways a person can filter by a field; each maps to one rule shape (see model/filter). */
export type FilterOperator =
  | "eq"
  | "ne"
  | "contains"
  | "startsWith"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "between"
  | "in"
  | "notIn"
  | "isEmpty"
  | "notEmpty"
  | "hasAny"
  | "hasAll"
  | "isTrue"
  | "isFalse"
  | "isMe"
  | "isMyDepartment"
  | "relative";

/** What reading from and writing to text needs to know of the reader. */
export interface TextContext {
  readonly locale: Locale;
  /** IANA name, e.g. "Asia/Shanghai". */
  readonly timeZone: string;
  /** Finds the record that a title means (references, members, departments); null when none, "ambiguous" when several. */
  readonly findByTitle?: (entity: string, title: string) => string | null | "ambiguous";
  /** The title of a record, for writing. */
  readonly titleOf?: (entity: string, id: string) => string | null;
  /** The stages of a flow as choices, so that stages read and write by label. */
  readonly stagesOf?: (flow: string) => readonly Choice[];
  /** Order of day and month in dates like 10/11/2016 that a person confirmed for this column. */
  readonly dateOrder?: "mdy" | "dmy" | "ymd";
}

/** One value of a select or multiselect field. */
export interface Choice {
  readonly value: string;
  readonly label: LocalText;
  readonly color?: string;
  /** No longer offered; records that have it keep it. */
  readonly retired?: boolean;
}

export type ReadText =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: string; readonly message: LocalText };

/**
 * What a field kind is, everywhere: browser and server. Its columns are in fields/storage, its looks in fields/widget.
 * Kinds live in packages/fields, one folder each; this package only knows this shape.
 */
export interface FieldKindModel {
  readonly key: string;
  readonly label: LocalText;
  readonly group: FieldGroup;
  /** Name of an icon in the web app's icon table. */
  readonly icon: string;
  /** JSON Schema (2020-12) of the options; `title` and `description` may be LocalText under x-label / x-help. Drives the property panel. */
  readonly optionsSchema: JsonSchema;
  readonly defaultOptions: JsonObject;
  /** True when nobody writes it: autonumber, formula. */
  readonly computed: boolean;
  /** May be (part of) a unique key. */
  readonly canBeUnique: boolean;
  /** May be the title of an entity. */
  readonly canBeTitle: boolean;
  readonly sortable: boolean;
  /** Standard keywords of the property's schema, derived from the options (type, format, enum, maxLength, …). */
  valueSchema(options: JsonObject, fields?: readonly Field[]): JsonSchema;
  /** Standard keywords that an author may write instead of an option: `{maxLength: "maxLength", minimum: "min"}`. */
  readonly keywordOptions?: Readonly<Record<string, string>>;
  /** The type that rules see. */
  ruleType(options: JsonObject): RuleType;
  /** The entity that a value points to (references, members, departments). */
  target?(options: JsonObject): string;
  /** What happens to the pointing record when the target is purged; "restrict" when missing. */
  onTargetPurged?(options: JsonObject): "restrict" | "setNull";
  /** The values there are to choose from, in order, retired ones included. */
  choices?(options: JsonObject): readonly Choice[];
  /** The rule that computes the value (formulas); rules of other fields may be inlined into it. */
  computedBy?(options: JsonObject): Rule;
  /** The flow that moves the value (stages). */
  flow?(options: JsonObject): string;
  /** True for subforms: the value is a list of rows with fields of their own. */
  readonly hasRows?: boolean;
  /** False for kinds that only make sense on a record of their own. Default true. */
  readonly canBeInSubform?: boolean;
  /** The ways to filter; for kinds whose type depends on the options see `operatorsFor`. */
  readonly operators: readonly FilterOperator[];
  /** Overrides `operators` where they depend on the options. Use {@link operatorsOf} of model/filter. */
  operatorsFor?(options: JsonObject): readonly FilterOperator[];
  /** Beyond the options schema: bounds that contradict, duplicate choices, … Pointers relative to the options. */
  checkOptions(options: JsonObject): readonly Finding[];
  /** Beyond the value schema: a decimal with too many places, an impossible date. Empty when fine. Pointers relative to the value. */
  checkValue(value: Json, options: JsonObject): readonly Finding[];
  /** Reads what a person typed, pasted or imported. Empty text is null. */
  readText(text: string, field: Field, context: TextContext): ReadText;
  /** What an export and a copied cell show. */
  writeText(value: Json, field: Field, context: TextContext): string;
}

export type FieldKindRegistry = Readonly<Record<string, FieldKindModel>>;
