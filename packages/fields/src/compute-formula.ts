import { type Field, type FieldKindRegistry, SYSTEM_FIELDS } from "@formwright/model";
import {
  evaluate,
  type Rule,
  type RuleData,
  type RuleEnvironment,
  type RuleScope,
  type RuleType,
  type RuleValue,
} from "@formwright/rules";
import { FIELD_KINDS } from "./field-kinds.ts";
import { formulaRule } from "./formula/formula-rule.ts";

const KINDS: FieldKindRegistry = FIELD_KINDS;

const scopes = new WeakMap<readonly Field[], RuleScope>();
const rules = new WeakMap<readonly Field[], Map<string, Rule>>();

/**
 * The value of a formula on a record (or a row) that is being edited: the same rule, typed the same way, as the column
 * that PostgreSQL computes, so the preview shows what will be stored.
 *
 * @param field a field of kind formula
 * @param fields the fields beside it: the entity's, or those of the subform
 * @param data the values as they are, by field key; formulas among them are not read but computed
 * @returns the value as the wire has it
 * @param environment whose time zone decides what date a moment has: the workspace's, as for the column
 */
export function computeFormula(
  field: Field,
  fields: readonly Field[],
  data: RuleData,
  environment: RuleEnvironment,
): RuleValue {
  const known = rules.get(fields) ?? new Map<string, Rule>();
  rules.set(fields, known);
  const rule = known.get(field.key) ?? formulaRule(field, fields);
  known.set(field.key, rule);
  const value = evaluate(rule, data, environment, formulaScope(fields));
  const isNumber = KINDS[field.kind]?.ruleType(field.options) === "number";
  // More digits than a JSON number carries exactly arrive rounded from the server as well.
  return isNumber && typeof value === "string" ? Number(value) : value;
}

/** What a formula may read: the stored values of its own record or row. */
export function formulaScope(fields: readonly Field[]): RuleScope {
  const scope = scopes.get(fields) ?? scopeOf(fields);
  scopes.set(fields, scope);
  return scope;
}

function scopeOf(fields: readonly Field[]): RuleScope {
  const types = new Map<string, RuleType>(SYSTEM_FIELDS.map(({ key, type }) => [key, type]));
  for (const field of fields) {
    const kind = KINDS[field.kind];
    if (!kind) continue;
    types.set(field.key, kind.ruleType(field.options));
    if (kind.flow) types.set(`${field.key}_since`, "datetime");
  }
  return {
    resolve(path) {
      const type = types.get(path);
      return type && type !== "records" ? { type } : null;
    },
  };
}
