import { parseRule } from "@formwright/rules";
import { canonicalJson } from "../common/canonical-json.ts";
import { finding, pointerTo } from "../common/finding.ts";
import type { FindingCode } from "../common/finding-messages.ts";
import type { Json, JsonObject, JsonSchema } from "../common/json.ts";
import { type Check, type Compiler, MOST_FINDINGS } from "./check.ts";
import { FORMATS } from "./formats.ts";
import { equalJson, isPlainObject } from "./json-type.ts";
import { anyOf } from "./union.ts";

export type Keyword = (argument: Json, schema: JsonSchema, compiler: Compiler) => Check;

/** Definitions nest steps in paths in steps; nothing that a person drew is deeper. */
const DEEPEST = 40;

/** The keywords of JSON Schema that compile to a check, beside `type`, and one of our own. */
export const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref(reference, _schema, compiler) {
    const definition = compiler.definition(String(reference));
    return (value, pointer, run) => {
      if (run.depth >= DEEPEST) {
        run.findings.push(finding("tooDeep", pointer));
        return;
      }
      run.depth += 1;
      definition()(value, pointer, run);
      run.depth -= 1;
    };
  },

  enum(argument) {
    const choices = argument as readonly Json[];
    const fast = new Set<unknown>(choices);
    return (value, pointer, run) => {
      if (fast.has(value) || choices.some((choice) => equalJson(choice, value))) return;
      run.findings.push(finding("enum", pointer, { value: shown(value) }));
    };
  },

  const: (expected) => (value, pointer, run) => {
    if (!equalJson(expected, value)) run.findings.push(finding("const", pointer, { expected: shown(expected) }));
  },

  minLength: (limit) =>
    onText((text) => (lengthOf(text) < Number(limit) ? { code: "minLength", params: { limit } } : null)),
  maxLength: (limit) =>
    onText((text) => (isLonger(text, Number(limit)) ? { code: "maxLength", params: { limit } } : null)),
  /** `x-code` beside it names the finding that says in words what the pattern wants. */
  pattern(source, schema) {
    const pattern = new RegExp(String(source), "u");
    const code = (schema["x-code"] ?? "pattern") as FindingCode;
    return onText((text) => (pattern.test(text) ? null : { code }));
  },
  format(name) {
    const test = FORMATS[String(name)];
    if (!test) throw new Error(`schema format not known: ${String(name)}`);
    return onText((text) => (test(text) ? null : { code: "format", params: { format: String(name) } }));
  },

  minimum: (limit) => onNumber((number) => (number < Number(limit) ? { code: "minimum", params: { limit } } : null)),
  maximum: (limit) => onNumber((number) => (number > Number(limit) ? { code: "maximum", params: { limit } } : null)),

  minItems: (limit) => onList((list) => (list.length < Number(limit) ? { code: "minItems", params: { limit } } : null)),
  maxItems: (limit) => onList((list) => (list.length > Number(limit) ? { code: "maxItems", params: { limit } } : null)),
  uniqueItems: (wanted) => onList((list) => (wanted && hasTwins(list) ? { code: "uniqueItems" } : null)),
  items(schema, _whole, compiler) {
    const check = compiler.compile(schema);
    return (value, pointer, run) => {
      if (!Array.isArray(value)) return;
      for (let at = 0; at < value.length && run.findings.length < MOST_FINDINGS; at += 1) {
        check(value[at], `${pointer}/${at}`, run);
      }
    };
  },

  required: (argument) => (value, pointer, run) => {
    if (!isPlainObject(value)) return;
    for (const name of argument as readonly string[]) {
      if (!Object.hasOwn(value, name)) run.findings.push(finding("required", pointerTo(pointer, name)));
    }
  },
  properties(argument, _schema, compiler) {
    const checks = Object.entries(argument as JsonObject).map(
      ([name, schema]) => [name, compiler.compile(schema)] as const,
    );
    return (value, pointer, run) => {
      if (!isPlainObject(value)) return;
      for (const [name, check] of checks) {
        if (Object.hasOwn(value, name)) check(value[name], pointerTo(pointer, name), run);
      }
    };
  },
  additionalProperties(argument, schema, compiler) {
    const known = new Set(Object.keys((schema.properties ?? {}) as JsonObject));
    const check = argument === false ? null : compiler.compile(argument);
    return (value, pointer, run) => {
      if (!isPlainObject(value)) return;
      for (const name of Object.keys(value)) {
        if (known.has(name)) continue;
        if (run.findings.length >= MOST_FINDINGS) return;
        const at = pointerTo(pointer, name);
        if (check) check(value[name], at, run);
        else run.findings.push(finding("unknownProperty", at, { name: shown(name) }));
      }
    };
  },
  propertyNames(argument, _schema, compiler) {
    const check = compiler.compile(argument);
    return (value, pointer, run) => {
      if (!isPlainObject(value)) return;
      for (const name of Object.keys(value)) check(name, pointerTo(pointer, name), run);
    };
  },
  minProperties: (limit) => (value, pointer, run) => {
    if (!isPlainObject(value) || Object.keys(value).length >= Number(limit)) return;
    run.findings.push(finding("minProperties", pointer, { limit }));
  },
  maxProperties: (limit) => (value, pointer, run) => {
    if (!isPlainObject(value) || Object.keys(value).length <= Number(limit)) return;
    run.findings.push(finding("maxProperties", pointer, { limit }));
  },

  anyOf,
  oneOf: anyOf,

  /** A rule of the strict dialect: its shape and bounds. What it may name and what it has to give depends on its place. */
  "x-rule": () => (value, pointer, run) => {
    const parsed = parseRule(value);
    if (parsed.ok) return;
    for (const one of parsed.findings) {
      run.findings.push({ ...one, pointer: pointer + one.pointer, severity: "error" });
    }
  },
};

type Found = { readonly code: Parameters<typeof finding>[0]; readonly params?: JsonObject } | null;

function onText(look: (text: string) => Found): Check {
  return (value, pointer, run) => {
    const found = typeof value === "string" ? look(value) : null;
    if (found) run.findings.push(finding(found.code, pointer, found.params));
  };
}

function onNumber(look: (number: number) => Found): Check {
  return (value, pointer, run) => {
    const found = typeof value === "number" ? look(value) : null;
    if (found) run.findings.push(finding(found.code, pointer, found.params));
  };
}

function onList(look: (list: readonly unknown[]) => Found): Check {
  return (value, pointer, run) => {
    const found = Array.isArray(value) ? look(value) : null;
    if (found) run.findings.push(finding(found.code, pointer, found.params));
  };
}

/** Characters, not UTF-16 units, as JSON Schema counts. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  return text.length > limit * 2 || lengthOf(text) > limit;
}

function hasTwins(list: readonly unknown[]): boolean {
  return new Set(list.map((one) => (typeof one === "string" ? `"${one}` : canonicalJson(one)))).size < list.length;
}

/** A value in a message: short, whatever it is. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
