import type { TextContext } from "@formwright/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALL_KINDS, fieldOfKind, sampleEntity } from "./contract/sample-entity.ts";
import { TARGET_IDS, VALUES } from "./contract/values-of-kind.ts";
import { FIELD_KINDS } from "./model.ts";

const entity = sampleEntity();
const TITLES = new Map(TARGET_IDS.map((id, at) => [id, `Title, ${at}`]));
const STAGES = [
  { value: "open", label: { en: "Open", "zh-CN": "进行中" } },
  { value: "won", label: { en: "Won", "zh-CN": "赢单" } },
];

function reader(locale: TextContext["locale"], timeZone: string): TextContext {
  return {
    locale,
    timeZone,
    titleOf: (_entity, id) => TITLES.get(id) ?? null,
    findByTitle: (_entity, title) => [...TITLES].find(([, one]) => one === title)?.[0] ?? null,
    stagesOf: () => STAGES,
  };
}

const READERS = [reader("en", "America/New_York"), reader("zh-CN", "Asia/Shanghai"), reader("en", "Asia/Kathmandu")];

describe.each(ALL_KINDS)("a field of kind %s", (key) => {
  const kind = FIELD_KINDS[key];
  const field = fieldOfKind(entity, key);

  it("reads back the text that it writes, in every language and zone", () => {
    fc.assert(
      fc.property(VALUES[key], fc.constantFrom(...READERS), (value, context) => {
        const text = kind.writeText(value, field, context);
        expect(kind.readText(text, field, context)).toEqual({ ok: true, value });
      }),
      { numRuns: 300 },
    );
  });

  it("writes nothing for no value, and reads nothing as no value", () => {
    for (const context of READERS) {
      expect(kind.writeText(null, field, context)).toBe("");
      expect(kind.readText("", field, context)).toEqual({ ok: true, value: null });
      expect(kind.readText("   ", field, context)).toEqual({ ok: true, value: null });
    }
  });

  it("finds nothing wrong with its own values", () => {
    fc.assert(
      fc.property(VALUES[key], (value) => {
        expect(kind.checkValue(value, field.options)).toEqual([]);
      }),
    );
  });
});
