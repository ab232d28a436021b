import { parseRule } from "@formwright/rules";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { APP_SCHEMA } from "../app/schema.ts";
import { APPROVAL_SCHEMA } from "../approval/schema.ts";
import { AUTOMATION_SCHEMA } from "../automation/schema.ts";
import { ENTITY_SCHEMA } from "../entity/schema.ts";
import { FLOW_SCHEMA } from "../flow/schema.ts";
import { FORM_SCHEMA } from "../form/schema.ts";
import { ROLE_SCHEMA } from "../role/schema.ts";
import { SAMPLE_DEFINITIONS } from "../sample/sample-definitions.ts";
import { TEMPLATE_SCHEMA } from "../template/schema.ts";
import { VIEW_SCHEMA } from "../view/schema.ts";
import { compileSchema } from "./compile-schema.ts";
import { FORMATS } from "./formats.ts";

const SCHEMAS = {
  app: APP_SCHEMA,
  entity: ENTITY_SCHEMA,
  form: FORM_SCHEMA,
  view: VIEW_SCHEMA,
  flow: FLOW_SCHEMA,
  approval: APPROVAL_SCHEMA,
  automation: AUTOMATION_SCHEMA,
  role: ROLE_SCHEMA,
  template: TEMPLATE_SCHEMA,
};

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
ajv.addKeyword({ keyword: "x-rule", validate: (_schema: unknown, rule: unknown) => parseRule(rule).ok });
ajv.addVocabulary(["x-code", "x-label", "x-help", "x-order"]);
for (const [name, test] of Object.entries(FORMATS)) ajv.addFormat(name, test);

/** A document with one place changed: dropped, replaced by something else, or with something added. */
function mutations(document: unknown): fc.Arbitrary<unknown> {
  const places = [...placesIn(document)];
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e9, "", "x", "Ü", "__proto__", "P1D", [], {}, [null], ["a", "a"]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  return fc
    .tuple(fc.constantFrom(...places), fc.constantFrom("drop", "replace", "add"), junk)
    .map(([place, how, value]) => mutated(document, place, how, value));
}

function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* placesIn(part, [...path, key]);
}

function mutated(document: unknown, path: readonly string[], how: string, value: unknown): unknown {
  if (path.length === 0) return how === "add" ? { ...(document as object), extra: value } : value;
  const copy = structuredClone(document) as Record<string, unknown>;
  let parent: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const last = path.at(-1) as string;
  if (how === "drop") delete parent[last];
  else if (how === "add" && typeof parent[last] === "object" && parent[last] !== null) {
    (parent[last] as Record<string, unknown>).extra = value;
  } else parent[last] = value;
  return JSON.parse(JSON.stringify(copy));
}

describe("the schemas of definitions", () => {
  it.each(Object.entries(SCHEMAS))("are JSON Schema 2020-12 that ajv takes in strict mode: %s", (_kind, schema) => {
    expect(() => ajv.compile(schema)).not.toThrow();
  });
});

describe("compileSchema", () => {
  it("gives the verdict that ajv gives, on thousands of documents that are nearly right", () => {
    const checks = new Map(
      Object.entries(SCHEMAS).map(([kind, schema]) => [
        kind,
        { ours: compileSchema(schema), ajv: ajv.compile(schema) },
      ]),
    );
    const document = fc.constantFrom(...SAMPLE_DEFINITIONS);
    fc.assert(
      fc.property(
        document.chain((one) => fc.tuple(fc.constant(one.kind), mutations(one))),
        ([kind, mutant]) => {
          const check = checks.get(kind);
          const findings = check?.ours(mutant) ?? [];
          expect(findings.length === 0, JSON.stringify({ mutant, findings, ajv: check?.ajv.errors })).toBe(
            check?.ajv(mutant),
          );
        },
      ),
      { numRuns: 2500 },
    );
  });

  it("gives every finding, with its pointer and both languages", () => {
    const check = compileSchema({
      type: "object",
      required: ["a", "b"],
      properties: {
        a: { type: "string", maxLength: 2 },
        "c/d": { type: "array", items: { type: "number", minimum: 3 } },
      },
      additionalProperties: false,
    });
    const findings = check({ a: "long", "c/d": [4, 2, "x"], "e~f": 1 });
    expect(findings.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      "/a maxLength",
      "/b required",
      "/c~1d/1 minimum",
      "/c~1d/2 type",
      "/e~0f unknownProperty",
    ]);
    expect(findings.every(({ message }) => message.en && message["zh-CN"])).toBe(true);
  });

  it("says what is wrong with the form that a value names, not that no form fits", () => {
    const check = compileSchema(AUTOMATION_SCHEMA);
    const automation = {
      kind: "automation",
      key: "a",
      label: { en: "A" },
      steps: [{ key: "s", type: "notify", who: [] }],
    };
    const codes = (trigger: unknown) =>
      check({ ...automation, trigger }).map(({ pointer, code }) => `${pointer} ${code}`);
    expect(codes({ on: "date", entity: "project", offset: "soon" })).toEqual(
      expect.arrayContaining(["/trigger/field required", "/trigger/offset format", "/steps/0/title required"]),
    );
    expect(codes({ on: "never" })).toContain("/trigger/on enum");
    expect(codes({})).toContain("/trigger/on required");
  });

  it("counts characters and not UTF-16 units", () => {
    const check = compileSchema({ type: "string", maxLength: 2, minLength: 2 });
    expect(check("😀😀")).toEqual([]);
    expect(check("😀")).toHaveLength(1);
    expect(check("😀😀😀")).toHaveLength(1);
  });

  it("does not take what objects inherit for a property", () => {
    const check = compileSchema({
      type: "object",
      required: ["constructor"],
      properties: {},
      additionalProperties: false,
    });
    expect(check({})).toMatchObject([{ code: "required" }]);
    expect(check(JSON.parse('{"constructor":1,"__proto__":2}'))).toHaveLength(2);
  });

  it("stops at steps nested beyond all reason instead of falling over", () => {
    let steps: unknown[] = [{ key: "s", type: "setFields", set: { a: 1 } }];
    for (let n = 0; n < 3000; n += 1) steps = [{ key: "b", type: "branch", paths: [{ key: "p", steps }] }];
    const document = {
      kind: "automation",
      key: "a",
      label: { en: "A" },
      trigger: { on: "created", entity: "p" },
      steps,
    };
    expect(compileSchema(AUTOMATION_SCHEMA)(document)).toMatchObject([{ code: "tooDeep" }]);
  });

  it("gives up counting when a document has hundreds of mistakes", () => {
    const check = compileSchema({ type: "array", items: { type: "string" } });
    expect(check(Array.from({ length: 100_000 }, () => 1)).length).toBeLessThan(1000);
  });

  it("refuses a schema with a keyword that it does not know", () => {
    expect(() => compileSchema({ type: "object", unevaluatedProperties: false })).toThrow(/unevaluatedProperties/);
  });
});

describe("formats", () => {
  it.each([
    ["date", "2024-02-29", true],
    ["date", "2026-02-29", false],
    ["date", "2026-02-30", false],
    ["date", "0000-01-01", false],
    ["date", "2026-1-1", false],
    ["date-time", "2026-03-31T09:30:00+08:00", true],
    ["date-time", "2026-03-31T09:30:00.123Z", true],
    ["date-time", "2026-02-30T09:30:00Z", false],
    ["date-time", "2026-03-31T24:00:00Z", false],
    ["date-time", "2026-03-31T09:30:00", false],
    ["date-time", "2026-03-31", false],
    ["email", "li.lei+crm@mail.example.cn", true],
    ["email", "李雷@例子.中国", true],
    ["email", "no at.example", false],
    ["email", "a@b", false],
    ["uuid", "0192f0c1-0000-7000-8000-000000000001", true],
    ["uuid", "0192f0c1", false],
    ["duration", "PT48H", true],
    ["duration", "-P1DT12H", true],
    ["duration", "P", false],
    ["duration", "PT", false],
    ["duration", "2 days", false],
    ["uri", "https://example.com/a?b=c", true],
    ["uri", "example.com", false],
  ])("%s: %s → %s", (format, text, expected) => {
    expect(FORMATS[format]?.(text)).toBe(expected);
  });
});
