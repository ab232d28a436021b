/** A rule as stored: JsonLogic in the strict dialect. `{"op": [args]}`, `{"var": "path"}` or a literal. */
export type Rule = string | number | boolean | null | readonly Rule[] | { readonly [operator: string]: Rule };

/** The types that rules are checked with. `id` is a record, member or department; `records` the rows of a subform. */
export type RuleType =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "id"
  | "textList"
  | "idList"
  | "records"
  | "null";

/**
 * A value at run time. number: JSON number or a decimal as text is never mixed: always a JS number that came from a
 * decimal of at most 15 significant digits, or a decimal string when it needs more; date: "YYYY-MM-DD"; datetime: ISO 8601 with offset.
 */
export type RuleValue = string | number | boolean | null | readonly string[] | readonly RuleData[];

/** The record that a rule reads: own properties only, values by field key; a walked reference is a nested object. */
export type RuleData = { readonly [key: string]: RuleValue | RuleData };

/** What a rule knows beside the record. */
export interface RuleEnvironment {
  /** ISO 8601 instant: the moment it is evaluated. */
  readonly now: string;
  /** IANA name: decides what `today` is. */
  readonly timeZone: string;
  /** Member id, or null for the system. */
  readonly me: string | null;
  readonly myDepartment: string | null;
}

/** What a path means: its type, and for an id the entity it points to. */
export interface Variable {
  readonly type: RuleType;
  readonly entity?: string;
  /** For choice fields: the values there are, so that comparing with another is a finding. */
  readonly choices?: readonly string[];
  /** For `records`: the variables of one row. */
  readonly row?: RuleScope;
}

/** The variables that a rule may name. `resolve("customer.level")` walks a reference; null when there is none. */
export interface RuleScope {
  resolve(path: string): Variable | null;
}

export interface RuleFinding {
  /** JSON Pointer into the rule. */
  readonly pointer: string;
  readonly code: string;
  readonly message: { readonly en: string; readonly "zh-CN": string };
}
