import { describe, expect, it } from "vitest";
import { SAMPLE_DEFINITIONS } from "../sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "../sample/sample-kinds.ts";
import { checkModel } from "./check-model.ts";
import { usesOf } from "./uses-of.ts";

const { model } = checkModel(SAMPLE_DEFINITIONS, SAMPLE_KINDS);

function uses(entity: string, field: string): string[] {
  if (!model) throw new Error("the sample is sound");
  return usesOf(model, entity, field).map(({ pointer, by }) => `${by} ${pointer}`);
}

describe("usesOf", () => {
  it("finds every place that names a field or reads it in a rule", () => {
    expect(uses("project", "budget")).toEqual([
      "rule /entity/project/schema/properties/half/x-options/rule",
      "rule /flow/delivery/stages/0/criteria/0/rule",
      "name /form/project/sections/0/fields/1/field",
      "name /view/board/sum",
      "name /role/worker/entities/project/fields/budget",
      "rule /approval/finish/steps/0/paths/0/when",
    ]);
  });

  it("follows references to the field of another entity", () => {
    expect(uses("member", "manager")).toEqual(["name /approval/finish/steps/0/paths/0/steps/0/who/0/field"]);
    expect(uses("project", "parent")).toEqual(
      expect.arrayContaining(["name /form/project/related/0/field", "name /view/projects/columns/1/field"]),
    );
  });

  it("finds nothing for a field that nobody uses", () => {
    expect(uses("department", "head")).toEqual([]);
  });
});
