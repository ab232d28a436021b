import {
  type FieldKindRegistry,
  type Json,
  parseEntity,
  printDefinition,
  printEntity,
  SYSTEM_ENTITIES,
  type TextContext,
  validateValues,
} from "@formwright/model";
import { describe, expect, it } from "vitest";
import { ALL_KINDS, fieldOfKind, keyOf, sampleEntity } from "./contract/sample-entity.ts";
import { FIELD_KINDS, type FieldKindKey } from "./model.ts";

const KINDS: FieldKindRegistry = FIELD_KINDS;
const entity = sampleEntity();
const ENGLISH: TextContext = { locale: "en", timeZone: "Asia/Shanghai" };

function codes(kind: FieldKindKey, value: Json): string[] {
  const found = validateValues(entity, { [keyOf(kind)]: value }, KINDS, { isPartial: true });
  return found.map(({ pointer, code }) => `${pointer.slice(keyOf(kind).length + 1)} ${code}`);
}

describe("the registry of field kinds", () => {
  it("names each kind by its key, with labels in both languages", () => {
    for (const [key, kind] of Object.entries(KINDS)) {
      expect(kind.key).toBe(key);
      expect(kind.label.en && kind.label["zh-CN"]).toBeTruthy();
    }
  });

  it("parses and prints an entity with all of them, and the system's own, without change", () => {
    for (const document of [printEntity(entity), ...SYSTEM_ENTITIES]) {
      const parsed = parseEntity(document, KINDS);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
      const printed = printEntity(parsed.value);
      const again = parseEntity(JSON.parse(printDefinition(printed)), KINDS);
      expect(again).toEqual(parsed);
      expect(again.ok && printDefinition(printEntity(again.value))).toBe(printDefinition(printed));
    }
  });

  it.each(ALL_KINDS.map((kind) => [kind] as const))(
    "has default options that %s takes, or says what is missing",
    (key) => {
      const kind = KINDS[key];
      const needed = (kind?.optionsSchema.required ?? []) as readonly string[];
      const properties = {
        a: { "x-field": "text" },
        b: { "x-field": key, items: { type: "object", properties: { c: { "x-field": "text" } } } },
      };
      if (key !== "subform") delete (properties.b as { items?: unknown }).items;
      const document = { kind: "entity", key: "e", label: { en: "E" }, titleField: "a", schema: { properties } };
      const missing = needed.filter((option) => !(option in (kind?.defaultOptions ?? {})));
      const findings = parseEntity(document, KINDS).findings.map(({ pointer, code }) => `${pointer} ${code}`);
      expect(findings).toEqual(missing.map((option) => `/schema/properties/b/x-options/${option} required`));
    },
  );
});

describe("values that a kind refuses", () => {
  it.each<[FieldKindKey, Json, string]>([
    ["text", "", " minLength"],
    ["text", "   ", " blank"],
    ["text", "a\u0000b", " nulCharacter"],
    ["text", "a\ud800b", " loneSurrogate"],
    ["text", "x".repeat(201), " maxLength"],
    ["text", 5, " type"],
    ["longtext", "x".repeat(1_000_000), " maxLength"],
    ["number", 1.2345, " decimalPlaces"],
    ["number", 1e300, " numberTooLarge"],
    ["number", 2 ** 53 + 2, " numberTooLarge"],
    ["number", "5", " type"],
    ["money", 0.005, " decimalPlaces"],
    ["money", 10_000_000_000_000, " numberTooLarge"],
    ["boolean", 1, " type"],
    ["date", "2026-02-30", " format"],
    ["date", "2026-02-03T00:00:00Z", " format"],
    ["datetime", "2026-02-03", " format"],
    ["datetime", "2026-02-03T09:00:00", " format"],
    ["select", "none", " enum"],
    ["multiselect", [], " minItems"],
    ["multiselect", ["low", "low"], " uniqueItems"],
    ["multiselect", "low", " type"],
    ["tags", [""], "/0 minLength"],
    ["tags", ["a\u0000"], "/0 nulCharacter"],
    ["email", "nobody", " format"],
    ["phone", "call me", " notPhone"],
    ["url", "javascript:alert(1)", " notUrl"],
    ["url", "data:text/html,x", " notUrl"],
    ["member", "somebody", " format"],
    ["reference", ["0192f0c1-0000-7000-8000-000000000001"], " type"],
    ["autonumber", "A-1", " readOnlyField"],
    ["formula", 5, " readOnlyField"],
    ["subform", [{ values: { quantity: 1.5 } }], "/0/values/quantity type"],
  ])("%s: %j", (kind, value, expected) => {
    expect(codes(kind, value)).toContain(expected);
  });

  it.each<[FieldKindKey, Json]>([
    ["phone", "+86 138-0013-8000"],
    ["phone", "(010) 6554-1234 ext. 12"],
    ["phone", "13800138000"],
    ["money", 9_999_999_999_999.99],
    ["money", -0.01],
    ["percent", 12.5],
    ["datetime", "2026-02-03T09:00:00+08:00"],
    ["text", 'O\'Reilly \\ "quoted" — 客户 😀'],
  ])("but not %s: %j", (kind, value) => {
    expect(codes(kind, value)).toEqual([]);
  });
});

describe("text that people type", () => {
  it.each<[FieldKindKey, string, Json]>([
    ["percent", "25%", 25],
    ["percent", "２５．５％", 25.5],
    ["boolean", "是", true],
    ["boolean", "FALSE", false],
    ["boolean", "0", false],
    ["email", "mailto:a@b.example", "a@b.example"],
    ["url", "example.com", "https://example.com"],
    ["tags", "a; b、c", ["a", "b", "c"]],
    ["multiselect", "Low, 高", ["low", "high"]],
  ])("%s: %s", (kind, text, value) => {
    const field = fieldOfKind(entity, kind);
    expect(FIELD_KINDS[kind].readText(text, field, ENGLISH)).toEqual({ ok: true, value });
  });

  it("looks records up by title, and says when none or several are called that", () => {
    const field = fieldOfKind(entity, "member");
    const find = (answer: string | null) => ({ ...ENGLISH, findByTitle: () => answer });
    const id = "0192f0c1-0000-7000-8000-000000000001";
    const read = (text: string, answer: string | null) => FIELD_KINDS.member.readText(text, field, find(answer));
    expect(read("Ann", id)).toEqual({ ok: true, value: id });
    expect(read("Ann", "ambiguous")).toMatchObject({ code: "titleAmbiguous" });
    expect(read("Ann", null)).toMatchObject({ code: "titleNotFound" });
    expect(read(id, null)).toEqual({ ok: true, value: id });
  });
});
