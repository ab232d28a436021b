import { finding, pointerTo } from "../common/finding.ts";
import type { Json, JsonObject, JsonSchema } from "../common/json.ts";
import type { Check, Compiler, Run } from "./check.ts";
import { isPlainObject } from "./json-type.ts";

/**
 * `anyOf` and `oneOf`. Where every form names itself by a constant (`type`, `on`), the value is checked against the form
 * that it names, so that people read what is wrong with it and not that "none of six forms fits".
 * `oneOf` means the same here: schemas of this product never let two forms fit at once.
 */
export function anyOf(argument: Json, _schema: JsonSchema, compiler: Compiler): Check {
  const forms = argument as readonly Json[];
  const tag = tagOf(forms.map((form) => compiler.resolve(form)));
  return tag ? byTag(tag, forms, compiler) : byTrying(forms, compiler);
}

function byTag(tag: string, forms: readonly Json[], compiler: Compiler): Check {
  const checks = new Map(forms.map((form) => [constantOf(compiler.resolve(form), tag), compiler.compile(form)]));
  return (value, pointer, run) => {
    if (!isPlainObject(value)) {
      run.findings.push(finding("type", pointer, { expected: "an object", expectedZh: "对象" }));
      return;
    }
    const check = checks.get(value[tag] as Json);
    if (check) check(value, pointer, run);
    else if (Object.hasOwn(value, tag)) {
      run.findings.push(finding("enum", pointerTo(pointer, tag), { value: String(value[tag]).slice(0, 60) }));
    } else run.findings.push(finding("required", pointerTo(pointer, tag)));
  };
}

function byTrying(forms: readonly Json[], compiler: Compiler): Check {
  const checks = forms.map((form) => compiler.compile(form));
  return (value, pointer, run) => {
    const runs = checks.map((check) => {
      const attempt: Run = { findings: [], depth: run.depth };
      check(value, pointer, attempt);
      return attempt.findings;
    });
    if (runs.some((findings) => findings.length === 0)) return;
    // The form that got furthest: its findings are inside the value, not about its type.
    const inside = runs.filter((findings) => findings.every((one) => one.pointer !== pointer || one.code !== "type"));
    const [best] = inside;
    if (best && inside.length === 1) run.findings.push(...best);
    else run.findings.push(finding("union", pointer));
  };
}

/** The property that every form holds to a constant of its own. */
function tagOf(forms: readonly JsonObject[]): string | null {
  const [first] = forms;
  if (!first || !isPlainObject(first.properties)) return null;
  const names = Object.keys(first.properties);
  const isTag = (name: string) => new Set(forms.map((form) => constantOf(form, name))).size === forms.length;
  const all = (name: string) => forms.every((form) => constantOf(form, name) !== undefined);
  return names.find((name) => all(name) && isTag(name)) ?? null;
}

function constantOf(form: JsonObject, name: string): Json | undefined {
  const properties = form.properties as JsonObject | undefined;
  const property = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isPlainObject(property) ? (property.const as Json | undefined) : undefined;
}
