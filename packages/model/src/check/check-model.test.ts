import { describe, expect, it } from "vitest";
import type { PublishedDefinition } from "../definition.ts";
import { field, SAMPLE_DEFINITIONS, sampleWith } from "../sample/sample-definitions.ts";
import { SAMPLE_KINDS } from "../sample/sample-kinds.ts";
import { checkModel } from "./check-model.ts";

/** "<pointer> <code>" of every finding. */
function say(definitions: readonly PublishedDefinition[]): string[] {
  return checkModel(definitions, SAMPLE_KINDS).findings.map(({ pointer, code }) => `${pointer} ${code}`);
}

const without = (kind: string, key: string) =>
  SAMPLE_DEFINITIONS.filter((one) => !(one.kind === kind && one.key === key));

describe("checkModel", () => {
  it("finds nothing in a sound workspace and gives its frozen model", () => {
    const { model, findings } = checkModel(SAMPLE_DEFINITIONS, SAMPLE_KINDS, 7);
    expect(findings).toEqual([]);
    expect(model?.release).toBe(7);
    expect(model?.entities.get("project")?.fields.map(({ key }) => key)).toContain("budget");
    expect(Object.isFrozen(model?.entities.get("project")?.fields)).toBe(true);
  });

  it("names every place that uses a removed field", () => {
    const removed = sampleWith("entity", "project", (entity) => {
      delete entity.schema.properties.budget;
    });
    expect(say(removed)).toEqual(
      expect.arrayContaining([
        "/entity/project/schema/properties/half/x-options/rule/~1/0 unknownVariable",
        "/flow/delivery/stages/0/criteria/0/rule/>/0 unknownVariable",
        "/form/project/sections/0/fields/1/field unknownField",
        "/view/board/sum unknownField",
        "/role/worker/entities/project/fields/budget unknownField",
        "/approval/finish/steps/0/paths/0/when/>/0 unknownVariable",
      ]),
    );
    expect(checkModel(removed, SAMPLE_KINDS).model).toBeNull();
  });

  it.each([
    ["role", "worker", "/flow/delivery/transitions/0/roles/0 unknownRole"],
    ["approval", "finish", "/flow/delivery/transitions/0/approval unknownApproval"],
    ["view", "projects", "/app/delivery/menu/0/entries/0/view unknownView"],
    ["flow", "delivery", "/entity/project/schema/properties/stage/x-options/flow unknownFlow"],
    ["entity", "project", "/view/board/entity unknownEntity"],
  ])("names who uses a missing %s", (kind, key, expected) => {
    expect(say(without(kind, key))).toContain(expected);
  });

  it("says of a missing entity only that it is missing", () => {
    expect(say(without("entity", "project")).every((one) => one.endsWith("unknownEntity"))).toBe(true);
  });

  it("does not call a definition missing that only has mistakes of its own", () => {
    const broken = sampleWith("entity", "project", (entity) => {
      entity.schema.properties.budget["x-options"] = { nonsense: 1 };
    });
    expect(say(broken)).toEqual(["/entity/project/schema/properties/budget/x-options/nonsense unknownProperty"]);
  });

  it("refuses formulas that depend on themselves, through others too", () => {
    const circular = sampleWith("entity", "project", (entity) => {
      entity.schema.properties.half = field("formula", { rule: { "+": [{ var: "twice" }, 1] } });
      entity.schema.properties.twice = field("formula", { rule: { "*": [{ var: "half" }, 2] } });
    });
    expect(say(circular)).toContain("/entity/project/schema/properties/half/x-options/rule circularFormula");
  });

  it("refuses formulas that would change by themselves or reach beyond their record", () => {
    const moving = sampleWith("entity", "project", (entity) => {
      entity.schema.properties.half = field("formula", { rule: { daysBetween: [{ var: "due" }, { today: [] }] } });
      entity.schema.properties.far = field("formula", { rule: { var: "parent.budget" } });
      entity.schema.properties.total = field("formula", { rule: { sum: [{ var: "lines" }, { var: "cost" }] } });
    });
    expect(say(moving)).toEqual(
      expect.arrayContaining([
        "/entity/project/schema/properties/half/x-options/rule volatileFormula",
        "/entity/project/schema/properties/far/x-options/rule formulaReach",
        "/entity/project/schema/properties/total/x-options/rule formulaReach",
      ]),
    );
  });

  it("refuses required references that leave nothing to begin with", () => {
    const circle = sampleWith("entity", "project", (entity) => {
      entity.schema.required.push("parent");
    });
    expect(say(circle)).toContain("/entity/project circularRequired");
  });

  it("checks the types of rules where they stand", () => {
    const wrong = sampleWith("flow", "delivery", (flow) => {
      flow.transitions[0].when = { ">": [{ var: "due" }, 5] };
    });
    expect(say(wrong).some((one) => one.startsWith("/flow/delivery/transitions/0/when"))).toBe(true);
  });

  it("checks what a step sets against the field that it sets", () => {
    const wrong = sampleWith("approval", "finish", (approval) => {
      approval.onApproved[0].set = { due: 5, half: 1, nothing: 2 };
    });
    expect(say(wrong)).toEqual([
      expect.stringMatching(/^\/approval\/finish\/onApproved\/0\/set\/due /),
      "/approval/finish/onApproved/0/set/half cannotSet",
      "/approval/finish/onApproved/0/set/nothing unknownField",
    ]);
  });

  it("knows the choices of a field and the stages of a flow in a rule", () => {
    const wrong = sampleWith("view", "projects", (view) => {
      view.filter = { and: [{ "==": [{ var: "size" }, "tiny"] }, { "==": [{ var: "stage" }, "nowhere"] }] };
    });
    expect(say(wrong).filter((one) => one.endsWith("unknownChoice"))).toHaveLength(2);
  });

  it("knows them in a default and in what a step sets", () => {
    const wrong = sampleWith("entity", "project", (entity) => {
      entity.schema.properties.size["x-default"] = "tiny";
    });
    expect(say(wrong)).toEqual(["/entity/project/schema/properties/size/x-default enum"]);
    const set = sampleWith("approval", "finish", (approval) => {
      approval.onApproved[0].set = { size: "tiny" };
    });
    expect(say(set)).toEqual(["/approval/finish/onApproved/0/set/size enum"]);
  });

  it("refuses a step that makes records without what they require", () => {
    const bare = sampleWith("automation", "remind", (automation) => {
      automation.steps.push({ key: "next", type: "createRecord", entity: "project", set: { budget: 1 } });
    });
    expect(say(bare)).toEqual(["/automation/remind/steps/1/set requiredNotSet"]);
  });

  it("refuses the column of a subform where one value is wanted", () => {
    const rows = sampleWith("view", "projects", (view) => {
      view.columns.push({ field: "lines.cost" });
    });
    expect(say(rows)).toEqual(["/view/projects/columns/2/field unknownField"]);
  });

  it("walks references, subforms, system fields and the time of a stage in rules", () => {
    const far = sampleWith("view", "projects", (view) => {
      view.filter = {
        and: [
          { "==": [{ var: "parent.parent.lead.name" }, "Ann"] },
          { ">": [{ sum: [{ var: "lines" }, { var: "cost" }] }, 5] },
          { "<": [{ var: "created_at" }, { var: "stage_since" }] },
          { "==": [{ var: "owner.department.name" }, "Sales"] },
        ],
      };
    });
    expect(say(far)).toEqual([]);
    const tooFar = sampleWith("view", "projects", (view) => {
      view.filter = { "==": [{ var: "parent.parent.parent.parent.name" }, "x"] };
    });
    expect(say(tooFar)).toHaveLength(1);
  });

  it("holds a stage field and its flow to each other", () => {
    const astray = sampleWith("flow", "delivery", (flow) => {
      flow.field = "size";
    });
    expect(say(astray)).toEqual(
      expect.arrayContaining([
        "/flow/delivery/field wrongFieldKind",
        "/entity/project/schema/properties/stage/x-options/flow flowElsewhere",
      ]),
    );
  });

  it("warns of a stage that no transition reaches, and lets it pass", () => {
    const lonely = sampleWith("flow", "delivery", (flow) => {
      flow.stages.push({ key: "limbo", label: { en: "Limbo" } });
    });
    const { model, findings } = checkModel(lonely, SAMPLE_KINDS);
    expect(findings).toMatchObject([{ code: "notReachable", severity: "warning" }]);
    expect(model).not.toBeNull();
  });

  it("refuses an approval of another entity, or one that starts by hand, on a transition", () => {
    const byHand = sampleWith("approval", "finish", (approval) => {
      approval.start = { on: "manual" };
    });
    expect(say(byHand)).toEqual(["/flow/delivery/transitions/0/approval approvalNotByTransition"]);
  });

  it("keeps the fields of members and departments that the platform relies on", () => {
    const poorer = sampleWith("entity", "member", (member) => {
      delete member.schema.properties.manager;
      member.fieldOrder = member.fieldOrder.filter((key: string) => key !== "manager");
    });
    expect(say(poorer)).toContain("/entity/member/schema/properties/manager systemEntity");
    expect(say(without("entity", "department"))).toContain("/entity/department systemEntity");
  });

  it("refuses two definitions of one kind with one key", () => {
    const twice = [...SAMPLE_DEFINITIONS, SAMPLE_DEFINITIONS.at(-1) as PublishedDefinition];
    expect(say(twice)).toEqual(["/automation/remind/key duplicateKey"]);
  });

  it("takes keys that are SQL words", () => {
    const words = sampleWith("entity", "project", (entity) => {
      for (const word of ["select", "from", "table", "order", "user", "null"])
        entity.schema.properties[word] = field("text");
    });
    expect(say(words)).toEqual([]);
  });

  it("checks an entity of 500 fields and a rule on each within a second", () => {
    const large = sampleWith("entity", "project", (entity) => {
      for (let n = 0; n < 500; n += 1) {
        entity.schema.properties[`field_${n}`] =
          n % 2 === 0 ? field("number") : field("formula", { rule: { "+": [{ var: `field_${n - 1}` }, 1] } });
      }
    });
    const start = performance.now();
    expect(say(large)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
