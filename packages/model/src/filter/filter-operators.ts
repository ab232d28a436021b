import type { Rule, RuleType } from "@formwright/rules";
import { canonicalJson } from "../common/canonical-json.ts";
import type { Json } from "../common/json.ts";
import type { LocalText } from "../common/text.ts";
import type { FilterOperator } from "../field-kind.ts";
import { isPlainObject } from "../schema/json-type.ts";
import { RELATIVE_DATES } from "./relative-dates.ts";

/** How one way to filter is written as a rule, and recognised in one. */
export interface FilterShape {
  readonly label: LocalText;
  /** What the value next to it is: none, one, a pair, several, or the key of a span of dates. */
  readonly takes: "none" | "one" | "pair" | "list" | "relative";
  toRule(field: string, value: Json, type: RuleType | null): Rule;
  /** The field and value that the rule says, or null when it is of another shape. */
  fromRule(rule: Rule): { readonly field: string; readonly value: Json } | null;
}

const ME: Rule = { me: [] };
const MY_DEPARTMENT: Rule = { myDepartment: [] };

function variable(field: string): Rule {
  return { var: field };
}

/** The arguments of a rule with this operator; null when it has another. */
export function argumentsOf(rule: Rule, operator: string): readonly Rule[] | null {
  if (!isPlainObject(rule) || !Object.hasOwn(rule, operator) || Object.keys(rule).length !== 1) return null;
  const args = rule[operator] as Rule;
  return Array.isArray(args) ? args : [args];
}

function fieldIn(rule: Rule | undefined): string | null {
  const args = rule === undefined ? null : argumentsOf(rule, "var");
  return args?.length === 1 && typeof args[0] === "string" ? args[0] : null;
}

function isScalar(value: Rule | undefined): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isList(value: Rule | undefined): value is readonly Rule[] {
  return Array.isArray(value) && value.every(isScalar);
}

/** `{operator: [field, value]}` */
function compared(operator: string, label: LocalText): FilterShape {
  return {
    label,
    takes: "one",
    toRule: (field, value) => ({ [operator]: [variable(field), value as Rule] }),
    fromRule(rule) {
      const [left, value] = argumentsOf(rule, operator) ?? [];
      const field = fieldIn(left);
      return field !== null && isScalar(value) ? { field, value } : null;
    },
  };
}

/** `{"==": [field, constant]}` where the constant belongs to the operator. */
function fixed(constant: Rule, label: LocalText): FilterShape {
  return {
    label,
    takes: "none",
    toRule: (field) => ({ "==": [variable(field), constant] }),
    fromRule(rule) {
      const [left, right] = argumentsOf(rule, "==") ?? [];
      const field = fieldIn(left);
      return field !== null && canonicalJson(right) === canonicalJson(constant) ? { field, value: null } : null;
    },
  };
}

/** `{operator: [field, [values]]}` */
function listed(operator: string, label: LocalText): FilterShape {
  return {
    label,
    takes: "list",
    toRule: (field, value) => ({ [operator]: [variable(field), (Array.isArray(value) ? value : [value]) as Rule] }),
    fromRule(rule) {
      const [left, list] = argumentsOf(rule, operator) ?? [];
      const field = fieldIn(left);
      return field !== null && isList(list) ? { field, value: list as Json } : null;
    },
  };
}

/** The opposite of another shape. */
function negated(shape: FilterShape, label: LocalText): FilterShape {
  return {
    ...shape,
    label,
    toRule: (field, value, type) => ({ "!": [shape.toRule(field, value, type)] }),
    fromRule(rule) {
      const args = argumentsOf(rule, "!");
      return args?.length === 1 ? shape.fromRule(args[0] as Rule) : null;
    },
  };
}

const IS_EMPTY: FilterShape = {
  label: { en: "is empty", "zh-CN": "为空" },
  takes: "none",
  toRule: (field) => ({ isEmpty: [variable(field)] }),
  fromRule(rule) {
    const args = argumentsOf(rule, "isEmpty");
    const field = args?.length === 1 ? fieldIn(args[0]) : null;
    return field === null ? null : { field, value: null };
  },
};

const BETWEEN: FilterShape = {
  label: { en: "is between", "zh-CN": "介于" },
  takes: "pair",
  toRule(field, value) {
    const [low, high] = (Array.isArray(value) ? value : [value, value]) as readonly Rule[];
    return { between: [variable(field), low ?? null, high ?? null] };
  },
  fromRule(rule) {
    const [left, low, high] = argumentsOf(rule, "between") ?? [];
    const field = fieldIn(left);
    return field !== null && isScalar(low) && isScalar(high) ? { field, value: [low, high] } : null;
  },
};

const RELATIVE: FilterShape = {
  label: { en: "is", "zh-CN": "是" },
  takes: "relative",
  toRule(field, value, type): Rule {
    const span = RELATIVE_DATES.find(({ key }) => key === value);
    if (!span) throw new RangeError(`no span of dates ${String(value)}`);
    const date: Rule = type === "datetime" ? { toDate: [variable(field)] } : variable(field);
    if (span.from === null) return { "<=": [date, span.to] };
    if (span.to === null) return { ">=": [date, span.from] };
    return { between: [date, span.from, span.to] };
  },
  fromRule(rule) {
    const [operator = ""] = isPlainObject(rule) ? Object.keys(rule) : [];
    const [date, ...bounds] = argumentsOf(rule, operator) ?? [];
    const field = date === undefined ? null : (fieldIn(date) ?? fieldIn(argumentsOf(date, "toDate")?.[0]));
    if (field === null) return null;
    const wanted = canonicalJson({ operator, bounds });
    const span = RELATIVE_DATES.find(({ from, to }) => canonicalJson(boundsOf(from, to)) === wanted);
    return span ? { field, value: span.key } : null;
  },
};

function boundsOf(from: Rule | null, to: Rule | null): Json {
  if (from === null) return { operator: "<=", bounds: [to as Json] };
  if (to === null) return { operator: ">=", bounds: [from as Json] };
  return { operator: "between", bounds: [from as Json, to as Json] };
}

const IN = listed("in", { en: "is one of", "zh-CN": "属于" });

/** Every way to filter. Those whose constant belongs to them stand before those that take any. */
export const FILTER_OPERATORS = {
  isMe: fixed(ME, { en: "is me", "zh-CN": "是我" }),
  isMyDepartment: fixed(MY_DEPARTMENT, { en: "is my department", "zh-CN": "是我的部门" }),
  isTrue: fixed(true, { en: "is yes", "zh-CN": "为是" }),
  isFalse: fixed(false, { en: "is no", "zh-CN": "为否" }),
  relative: RELATIVE,
  eq: compared("==", { en: "is", "zh-CN": "等于" }),
  ne: compared("!=", { en: "is not", "zh-CN": "不等于" }),
  contains: compared("contains", { en: "contains", "zh-CN": "包含" }),
  startsWith: compared("startsWith", { en: "begins with", "zh-CN": "开头是" }),
  gt: compared(">", { en: "is more than", "zh-CN": "大于" }),
  gte: compared(">=", { en: "is at least", "zh-CN": "大于等于" }),
  lt: compared("<", { en: "is less than", "zh-CN": "小于" }),
  lte: compared("<=", { en: "is at most", "zh-CN": "小于等于" }),
  between: BETWEEN,
  in: IN,
  notIn: negated(IN, { en: "is none of", "zh-CN": "不属于" }),
  hasAny: listed("hasAny", { en: "has any of", "zh-CN": "含任一" }),
  hasAll: listed("hasAll", { en: "has all of", "zh-CN": "含全部" }),
  isEmpty: IS_EMPTY,
  notEmpty: negated(IS_EMPTY, { en: "is not empty", "zh-CN": "不为空" }),
} as const satisfies Record<FilterOperator, FilterShape>;
