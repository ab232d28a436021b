export { formatNumber, numberPeriod } from "./autonumber/number-pattern.ts";
export { computeFormula, formulaScope } from "./compute-formula.ts";
export { FIELD_KINDS, type FieldKindKey } from "./field-kinds.ts";
export { formulaRule } from "./formula/formula-rule.ts";
