import type { JsonObject } from "@formwright/model";
import type { Rule } from "@formwright/rules";

export type FormulaResult = "number" | "money" | "percent" | "text" | "boolean" | "date";

export interface FormulaOptions {
  readonly rule: Rule;
  readonly result: FormulaResult;
  /** Decimal places that a number is rounded to. */
  readonly scale: number;
}

/** The options as typed; they passed the options schema. */
export function formulaOptions(options: JsonObject): FormulaOptions {
  return options as unknown as FormulaOptions;
}
