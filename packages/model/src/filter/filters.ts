import type { Rule, RuleType } from "@formwright/rules";
import type { Json } from "../common/json.ts";
import type { Field } from "../entity/definition.ts";
import type { FieldKindRegistry, FilterOperator } from "../field-kind.ts";
import { argumentsOf, FILTER_OPERATORS, type FilterShape } from "./filter-operators.ts";

/** One condition as the filter builder shows it. */
export interface Filter {
  /** A field key, a system field key, or a path through a reference. */
  readonly field: string;
  readonly operator: FilterOperator;
  /** Null for operators that take none; a pair for between; a list for in, notIn, hasAny, hasAll. */
  readonly value: Json;
}

/** Conditions of which all or any must hold. */
export interface FilterGroup {
  readonly match: "all" | "any";
  readonly filters: readonly Filter[];
}

const SHAPES = Object.entries(FILTER_OPERATORS) as readonly (readonly [FilterOperator, FilterShape])[];

/**
 * The rule that a condition means.
 *
 * @param type the rule type of the field: spans of dates on moments compare their dates in the reader's zone
 * @throws RangeError for a span of dates that does not exist
 */
export function filterToRule({ field, operator, value }: Filter, type: RuleType | null = null): Rule {
  return FILTER_OPERATORS[operator].toRule(field, value, type);
}

/** The condition that a rule says, or null when the filter builder has no words for it. */
export function ruleToFilter(rule: Rule): Filter | null {
  for (const [operator, shape] of SHAPES) {
    const found = shape.fromRule(rule);
    if (found) return { field: found.field, operator, value: found.value };
  }
  return null;
}

/**
 * The rule of a group of conditions; null when there are none.
 *
 * @param typeOf the rule type of a field path, for spans of dates
 */
export function filtersToRule(
  { match, filters }: FilterGroup,
  typeOf: (field: string) => RuleType | null = () => null,
): Rule {
  const rules = filters.map((filter) => filterToRule(filter, typeOf(filter.field)));
  const [only, second] = rules;
  if (only === undefined) return null;
  if (second === undefined) return only;
  return { [match === "all" ? "and" : "or"]: rules };
}

/** The conditions that a rule says, or null when the filter builder cannot show it. No rule is no conditions. */
export function ruleToFilters(rule: Rule | undefined): FilterGroup | null {
  if (rule === undefined || rule === null) return { match: "all", filters: [] };
  for (const [match, operator] of GROUPS) {
    const parts = argumentsOf(rule, operator);
    if (!parts) continue;
    const filters = parts.map(ruleToFilter);
    return filters.every((filter) => filter !== null) ? { match, filters } : null;
  }
  const filter = ruleToFilter(rule);
  return filter && { match: "all", filters: [filter] };
}

const GROUPS = [
  ["all", "and"],
  ["any", "or"],
] as const;

/** The ways in which a field may be filtered. */
export function operatorsOf(field: Field, kinds: FieldKindRegistry): readonly FilterOperator[] {
  const kind = kinds[field.kind];
  return kind?.operatorsFor?.(field.options) ?? kind?.operators ?? [];
}
