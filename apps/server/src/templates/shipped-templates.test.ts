import { fileURLToPath } from "node:url";
import { FIELD_KINDS } from "@formwright/fields/model";
import { checkModel, type Json, LOCALES, parseTemplate, SYSTEM_ENTITIES } from "@formwright/model";
import { describe, expect, test } from "vitest";
import { readTemplates } from "./read-template-folder.ts";

const SHIPPED = fileURLToPath(new URL("../../../../templates", import.meta.url));

describe.each([...(await readTemplates(SHIPPED)).values()])("the template $key", (template) => {
  test("parses without a finding", () => {
    expect(parseTemplate(template, FIELD_KINDS).findings).toEqual([]);
  });

  test("fits together with what every workspace has: fields, rules, views and flows name only what is there", () => {
    const { findings } = checkModel([...SYSTEM_ENTITIES, ...template.definitions], FIELD_KINDS);
    expect(findings).toEqual([]);
  });

  test("has every text in every language", () => {
    const holes = template.definitions.flatMap((definition) =>
      holesIn(definition as unknown as Json, `${definition.kind}/${definition.key}`),
    );
    expect(holes).toEqual([]);
  });

  test("gives samples texts in every language, for the same fields", () => {
    for (const { ref, localized = {} } of template.samples) {
      const fields = Object.values(localized).map((values) => Object.keys(values).sort().join());
      expect(new Set(fields).size, ref).toBeLessThanOrEqual(1);
      if (fields.length > 0) expect(Object.keys(localized).sort(), ref).toEqual([...LOCALES].sort());
    }
  });
});

/** Places of texts that lack a language. A text is an object whose keys are languages. */
function holesIn(value: Json, at: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  if (!Array.isArray(value) && keys.some((key) => (LOCALES as readonly string[]).includes(key))) {
    return LOCALES.every((locale) => (value as { [key: string]: Json })[locale]) ? [] : [at];
  }
  return Object.entries(value).flatMap(([key, inner]) => holesIn(inner as Json, `${at}/${key}`));
}
