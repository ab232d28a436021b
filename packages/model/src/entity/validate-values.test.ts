import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../common/json.ts";
import { SAMPLE_DEFINITIONS } from "../sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "../sample/sample-kinds.ts";
import { FORMATS } from "../schema/formats.ts";
import { parseEntity } from "./parse-entity.ts";
import { recordSchema } from "./record-schema.ts";
import { validateValues } from "./validate-values.ts";

const ID = "0192f0c1-0000-7000-8000-000000000001";

function project() {
  const parsed = parseEntity(
    SAMPLE_DEFINITIONS.find((one) => one.kind === "entity" && one.key === "project"),
    SAMPLE_KINDS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

const entity = project();
type Values = { readonly [field: string]: Json };
const codes = (values: Values, isPartial = false) =>
  validateValues(entity, values, SAMPLE_KINDS, { isPartial }).map(({ pointer, code }) => `${pointer} ${code}`);

describe("the values of a record", () => {
  it("pass when they are right", () => {
    expect(codes({ name: "A", budget: 3, due: "2026-02-28", lead: ID, size: "small" })).toEqual([]);
    expect(
      codes({ name: "A", lines: [{ values: { what: "x" } }, { id: ID, values: { what: "y", cost: 2 } }] }),
    ).toEqual([]);
  });

  it("come back with every finding at once", () => {
    expect(
      codes({ budget: 1.5, due: "2026-02-30", lead: "me", size: "huge", half: 3, colour: "red", lines: [{}] }),
    ).toEqual([
      "/budget decimalPlaces",
      "/due format",
      "/lead format",
      "/size enum",
      "/half readOnlyField",
      "/colour unknownProperty",
      "/lines/0/values required",
      "/name required",
    ]);
  });

  it("need not be complete when only what changes is sent, but required ones cannot be emptied", () => {
    expect(codes({ budget: 3 }, true)).toEqual([]);
    expect(codes({ budget: null }, true)).toEqual([]);
    expect(codes({ name: null }, true)).toEqual(["/name required"]);
    expect(codes({ name: null })).toEqual(["/name required"]);
  });

  it("hold the rows of subforms to the same: whole rows, each known one once", () => {
    expect(
      codes({
        name: "A",
        lines: [
          { values: {} },
          { id: ID, values: { what: "x" } },
          { id: ID, values: { what: null } },
          { id: "x", values: { cost: "y" }, extra: 1 },
          7,
          { values: [] },
        ],
      }),
    ).toEqual([
      "/lines/0/values/what required",
      "/lines/2/id uniqueItems",
      "/lines/2/values/what required",
      "/lines/3/extra unknownProperty",
      "/lines/3/id format",
      "/lines/3/values/cost type",
      "/lines/3/values/what required",
      "/lines/4 type",
      "/lines/5/values type",
    ]);
  });

  it("are not fooled by names that objects inherit", () => {
    expect(codes(JSON.parse('{"name":"A","__proto__":{"x":1},"constructor":1,"toString":2}'))).toEqual([
      "/__proto__ unknownProperty",
      "/constructor unknownProperty",
      "/toString unknownProperty",
    ]);
  });

  it("are checked in no time, a text of a megabyte included", () => {
    const start = performance.now();
    expect(codes({ name: "x".repeat(1_000_000) })).toEqual(["/name maxLength"]);
    expect(performance.now() - start).toBeLessThan(100);
  });

  it("are right or wrong as the JSON Schema of the entity's records says", () => {
    const ajv = new Ajv2020({ strict: false });
    for (const [name, test] of Object.entries(FORMATS)) ajv.addFormat(name, test);
    const create = ajv.compile(recordSchema(entity, "create", SAMPLE_KINDS));
    const update = ajv.compile(recordSchema(entity, "update", SAMPLE_KINDS));
    const anything = fc.constantFrom<Json>(
      null,
      true,
      0,
      12,
      "",
      "A",
      "small",
      "2026-02-28",
      "2026-02-30",
      ID,
      [],
      {},
      [{ values: { what: "x" } }],
    );
    const record = fc.record(
      {
        name: anything,
        budget: anything,
        due: anything,
        lead: anything,
        size: anything,
        half: anything,
        lines: anything,
        colour: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(record, (values) => {
        expect(codes(values).length === 0).toBe(create(values));
        expect(codes(values, true).length === 0).toBe(update(values));
      }),
      { numRuns: 2000 },
    );
  });
});
