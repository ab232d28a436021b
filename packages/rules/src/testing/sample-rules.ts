import fc from "fast-check";
import { checkRule } from "../check-rule.ts";
import type { Rule, RuleScope, RuleType, Variable } from "../types.ts";
import { CHOICES, choices, dates, ids, moments, numbers, tags, texts } from "./sample-records.ts";

type Variables = Readonly<Record<string, Variable>>;

const ROW_VARIABLES: Variables = {
  amount: { type: "number" },
  quantity: { type: "number" },
  note: { type: "text" },
  due: { type: "date" },
  at: { type: "datetime" },
  done: { type: "boolean" },
};

const scopeOf = (variables: Variables): RuleScope => ({ resolve: (path) => variables[path] ?? null });
export const ROW_SCOPE = scopeOf(ROW_VARIABLES);

const VARIABLES: Variables = {
  amount: { type: "number" },
  discount: { type: "number" },
  version: { type: "number" },
  name: { type: "text" },
  remark: { type: "text" },
  source: { type: "text", choices: CHOICES },
  open: { type: "boolean" },
  closes: { type: "date" },
  signed: { type: "date" },
  met: { type: "datetime" },
  created: { type: "datetime" },
  owner: { type: "id", entity: "member" },
  buyer: { type: "id", entity: "member" },
  labels: { type: "textList" },
  people: { type: "idList" },
  items: { type: "records", row: ROW_SCOPE },
};
export const SCOPE = scopeOf(VARIABLES);

/** The types that a generated rule can give. */
const TYPES = [
  "number",
  "text",
  "boolean",
  "date",
  "datetime",
  "id",
  "textList",
  "idList",
] as const satisfies RuleType[];
const SINGLE = TYPES.slice(0, 6);
export type SampleType = (typeof TYPES)[number];
type Rules = { readonly [T in SampleType]: fc.Arbitrary<Rule> };

const CONSTANTS: Rules = {
  number: numbers,
  text: texts,
  boolean: fc.boolean(),
  date: dates,
  datetime: moments,
  id: ids,
  textList: fc.array(tags, { maxLength: 2 }),
  idList: fc.array(ids, { maxLength: 2 }),
};

const call = (key: string, ...args: readonly fc.Arbitrary<Rule>[]): fc.Arbitrary<Rule> =>
  fc.tuple(...args).map((values) => ({ [key]: values }) as Rule);
const callMany = (key: string, arg: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc.array(arg, { minLength: 1, maxLength: 3 }).map((values) => ({ [key]: values }));
const calls = (keys: readonly string[], ...args: readonly fc.Arbitrary<Rule>[]): fc.Arbitrary<Rule> =>
  fc.tuple(fc.constantFrom(...keys), fc.tuple(...args)).map(([key, values]) => ({ [key]: values }) as Rule);

/** Rules of every type over the variables; those over rows only where there are some. */
function rulesOver(variables: Variables, rowRules: Rules | null): Rules {
  const variable = (type: SampleType): fc.Arbitrary<Rule> => {
    const paths = Object.keys(variables).filter((path) => variables[path]?.type === type);
    return paths.length === 0 ? CONSTANTS[type] : fc.constantFrom(...paths).map((path) => ({ var: path }));
  };
  return fc.letrec<Record<SampleType, Rule>>((tie) => {
    const moment = fc.oneof(tie("date"), tie("datetime"));
    const steps = fc.oneof(fc.integer({ min: -40, max: 40 }) as fc.Arbitrary<Rule>, tie("number"));
    const shared = (type: SampleType): fc.Arbitrary<Rule>[] => [
      call("if", tie("boolean"), tie(type), tie(type)),
      call("if", tie("boolean"), tie(type)),
      call("coalesce", variable(type), tie(type)),
    ];
    const overRows = (keys: readonly string[], type: SampleType): fc.Arbitrary<Rule>[] =>
      rowRules ? [calls(keys, fc.constant({ var: "items" }), rowRules[type])] : [];
    const own: { readonly [T in SampleType]: fc.Arbitrary<Rule>[] } = {
      number: [
        ...["+", "*", "min", "max"].map((key) => callMany(key, tie("number"))),
        calls(["-", "/", "%"], tie("number"), tie("number")),
        calls(["-", "abs", "floor", "ceil", "round"], tie("number")),
        call("round", tie("number"), fc.integer({ min: 0, max: 10 })),
        call("length", tie("text")),
        call("daysBetween", moment, moment),
        calls(["year", "month", "day"], moment),
        call("count", tie("textList")),
        ...overRows(["sum", "min", "max"], "number"),
        ...overRows(["count"], "boolean"),
      ],
      text: [
        callMany("concat", fc.oneof(tie("text"), tie("number"))),
        calls(["lower", "upper"], tie("text")),
        call("substr", tie("text"), steps),
        call("substr", tie("text"), steps, steps),
      ],
      boolean: [
        callMany("and", tie("boolean")),
        callMany("or", tie("boolean")),
        calls(["!", "!!"], tie("boolean")),
        ...(["number", "text", "date", "datetime"] as const).flatMap((type) => [
          calls(["==", "!=", "<", "<=", ">", ">="], tie(type), tie(type)),
          calls(["==", "<", ">="], variable(type), CONSTANTS[type]),
          call("between", tie(type), tie(type), tie(type)),
          call("in", tie(type), fc.array(tie(type), { maxLength: 3 })),
        ]),
        ...(["boolean", "id"] as const).map((type) => calls(["==", "!="], tie(type), tie(type))),
        ...SINGLE.map((type) => calls(["==", "!="], tie(type), fc.constant(null))),
        call("isEmpty", fc.oneof(...TYPES.map((type) => tie(type)))),
        calls(["contains", "startsWith"], tie("text"), tie("text")),
        calls(["contains", "startsWith"], variable("text"), texts),
        ...(rowRules ? [call("in", fc.constant({ var: "source" }), fc.array(choices, { maxLength: 3 }))] : []),
        call("in", tie("text"), tie("textList")),
        call("in", tie("id"), tie("idList")),
        calls(["hasAny", "hasAll"], tie("textList"), tie("textList")),
        calls(["hasAny", "hasAll"], tie("idList"), tie("idList")),
        ...overRows(["some", "all", "none"], "boolean"),
      ],
      date: [
        calls(["addDays", "addMonths"], tie("date"), steps),
        call("startOf", moment, fc.constantFrom("day", "week", "month", "quarter", "year")),
        call("toDate", tie("datetime")),
        call("today"),
        callMany("max", tie("date")),
        ...overRows(["min", "max"], "date"),
      ],
      datetime: [
        calls(["addDays", "addMonths"], tie("datetime"), steps),
        call("now"),
        callMany("min", tie("datetime")),
        ...overRows(["min", "max"], "datetime"),
      ],
      id: [call("me"), call("myDepartment")],
      textList: [],
      idList: [],
    };
    const build = (type: SampleType): fc.Arbitrary<Rule> =>
      fc.oneof({ maxDepth: 4, depthSize: "small" }, variable(type), CONSTANTS[type], ...own[type], ...shared(type));
    return Object.fromEntries(TYPES.map((type) => [type, build(type)])) as Rules;
  });
}

const RULES = rulesOver(VARIABLES, rulesOver(ROW_VARIABLES, null));

export interface SampleRule {
  readonly type: SampleType;
  readonly rule: Rule;
}

/** A rule of some type over a record of sample-records that passes its check. */
export const sampleRules: fc.Arbitrary<SampleRule> = fc
  .constantFrom(...TYPES, "boolean" as const, "number" as const)
  .chain((type) => RULES[type].map((rule) => ({ type, rule })))
  .filter(({ type, rule }) => checkRule(rule, SCOPE, type).findings.length === 0);
